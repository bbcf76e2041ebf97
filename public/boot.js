// Starts the portal. A file of its own because the CSP forbids inline scripts.
// Trunk writes the hashed names of the two files to load into the script's
// data-js and data-wasm.

/**
 * Asks who is signed in, beside the wasm download rather than after it. Never
 * rejects: an unreachable backend is `{ status: 0, body: null }`, and the app
 * decides what to show.
 */
async function askSession() {
  try {
    const answer = await fetch('/api/v1/session', {
      headers: { accept: 'application/json' },
    });
    const body = await answer.json().catch(() => null);
    return { status: answer.status, body };
  } catch {
    return { status: 0, body: null };
  }
}

/** Runs the app; its `main` has mounted the page when the promise resolves. */
async function start({ js, wasm }) {
  const download = fetch(wasm);
  // `init` reports a failure, but may not listen yet when it comes.
  download.catch(() => {});
  const { default: init } = await import(js);
  await init({ module_or_path: download });
}

// The app takes this promise for its first session question.
globalThis.casementSession = askSession();

document.querySelector('#boot-failed button')?.addEventListener('click', () => location.reload());

try {
  await start(document.querySelector('script[data-wasm]').dataset);
  document.getElementById('boot')?.remove();
} catch (error) {
  console.error('Casement could not start', error);
  document.getElementById('boot')?.remove();
  document.getElementById('boot-failed')?.removeAttribute('hidden');
}
