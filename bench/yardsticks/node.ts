// Node itself, idle: what no program on it can be below.
setInterval(() => {}, 1000);
process.stdout.write('idle\n');
