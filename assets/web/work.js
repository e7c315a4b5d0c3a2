// On the page of a form that met the overall limit: solves ALTCHA's sum (version 2, PBKDF2) and sends it along with the form. The
// browser calculates beside the page (Web Crypto), so nothing stands still; nothing is sent that the visitor did not press. Without
// Web Crypto, as on a plain http address, the page stays as it is and says when to come back.
const status = document.querySelector('#sum');
const progress = document.querySelector('#sum-progress');
const form = document.querySelector('form[data-signup]');

/** At a time: what browsers calculate on two cores at once, and phones have more. */
const LANES = 2;
/** After so many milliseconds somebody who hears the page wants to know that it goes on. */
const PATIENCE = 4000;

if (status && progress && form && globalThis.crypto?.subtle) {
  document.querySelector('#wait').hidden = true;
  progress.hidden = false;
  status.textContent = status.dataset.working;
  const begun = performance.now();
  const { parameters, signature } = JSON.parse(status.dataset.challenge);
  let pressed = false;
  let button = null;
  let told = false;
  form.addEventListener('submit', (event) => {
    if (form.work.value !== '') return;
    event.preventDefault();
    pressed = true;
    button = event.submitter;
    status.textContent = status.dataset.sending;
  });
  solve(parameters, (tried) => {
    progress.value = tried;
    if (told || pressed || tried < progress.max / 2 || performance.now() - begun < PATIENCE) return;
    told = true;
    status.textContent = status.dataset.half;
  }).then(
    (solution) => {
      form.work.value = btoa(JSON.stringify({ challenge: { parameters, signature }, solution }));
      progress.hidden = true;
      if (pressed) form.requestSubmit(button);
      else {
        status.textContent = status.dataset.done;
        // Nobody who is writing in the form is torn away from it.
        if (!form.contains(document.activeElement)) form.querySelector('.button:not([name])').focus();
      }
    },
    () => {
      // It cannot be solved here: what the page said before holds.
      progress.hidden = true;
      status.textContent = '';
      document.querySelector('#wait').hidden = false;
      form.work.value = '-';
      if (pressed) form.requestSubmit(button);
    },
  );
}

/** Tries one number after the other until the key begins as it must. The lanes share them out among themselves. */
async function solve({ nonce, salt, cost, keyLength, keyPrefix }, onTry) {
  const password = new Uint8Array([...bytes(nonce), 0, 0, 0, 0]);
  const saltBytes = bytes(salt);
  let next = 0;
  let solution = null;
  const lane = async () => {
    while (solution === null) {
      const counter = next++;
      if (counter > progress.max) throw new Error('The sum has no solution.');
      const own = password.slice();
      new DataView(own.buffer).setUint32(own.length - 4, counter);
      const key = await crypto.subtle.importKey('raw', own, 'PBKDF2', false, ['deriveBits']);
      const rounds = { name: 'PBKDF2', hash: 'SHA-256', salt: saltBytes, iterations: cost };
      const derivedKey = hex(await crypto.subtle.deriveBits(rounds, key, keyLength * 8));
      if (derivedKey.startsWith(keyPrefix)) solution = { counter, derivedKey };
      else onTry(counter);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return solution;
}

function bytes(text) {
  return Uint8Array.from(text.match(/../g), (pair) => Number.parseInt(pair, 16));
}

function hex(buffer) {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
