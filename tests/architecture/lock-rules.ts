type Entry = {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly gypfile?: boolean;
  readonly engines?: unknown;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};
export type Lock = { readonly packages: Readonly<Record<string, Entry>> };
export type Manifest = Readonly<
  Record<'dependencies' | 'devDependencies' | 'optionalDependencies', Readonly<Record<string, string>>>
>;

/** What keeps `npm ci` from giving every machine the same, checked files. `docs/decisions/0008-own-node.md` has the stories. */
export function lockFaults(lock: Lock, manifest: Manifest): readonly string[] {
  const packages = Object.entries(lock.packages).filter(([place]) => place !== '');
  const asked = Object.entries({
    ...manifest.dependencies,
    ...manifest.devDependencies,
    ...manifest.optionalDependencies,
  });
  return [
    ...asked
      .filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))
      .map(([name]) => `${name}: write the exact version`),
    ...asked
      .filter(([name, version]) => lock.packages[`node_modules/${name}`]?.version !== version)
      .map(([name]) => `${name}: the lock has another version, or none`),
    ...packages
      .filter(([, { integrity }]) => integrity === undefined)
      .map(([place]) => `${place}: has no hash`),
    ...packages
      .filter(([, { resolved }]) => resolved !== undefined)
      .map(([place]) => `${place}: names a registry`),
    ...packages
      .filter(([, { engines }]) => engines !== undefined)
      .map(([place]) => `${place}: has "engines"; run npm run lock`),
    ...packages.flatMap(([place, entry]) => missingPlatforms(lock, place, entry)),
    ...['better-sqlite3']
      .filter((name) => lock.packages[`node_modules/${name}`]?.gypfile !== false)
      .map((name) => `${name}: lacks "gypfile": false; run npm run lock`),
  ];
}

/** npm writes an incomplete lock when a platform's package is not published (yet), and `npm ci` then fails everywhere. */
function missingPlatforms(lock: Lock, place: string, entry: Entry): readonly string[] {
  return Object.keys(entry.optionalDependencies ?? {})
    .filter((name) => !places(place, name).some((candidate) => candidate in lock.packages))
    .map((name) => `${place}: ${name} is missing; pin a version of which all platforms are published`);
}

/** Where Node would look for a package: below the one that asks, then outwards. */
function places(from: string, name: string): readonly string[] {
  const parts = from.split('/node_modules/');
  const outwards = parts.map((_, index) => parts.slice(0, parts.length - index).join('/node_modules/'));
  return [...outwards.map((folder) => `${folder}/node_modules/${name}`), `node_modules/${name}`];
}
