// Starts the portal. A file of its own because the CSP forbids inline scripts.
// Trunk writes the hashed names of the two files to load into the script's
// data-js and data-wasm.

/** The languages that are fetched; English is part of the program. */
const LANGUAGES = ['de'];

/** The words of the page itself, which stand there before the app does. */
const WORDS = {
  de: {
    loading: 'Wird geladen',
    broke: 'Etwas ist schiefgegangen',
    kept: 'Laden Sie die Seite neu. Was Sie geschrieben haben, ist als Entwurf erhalten.',
    reload: 'Neu laden',
  },
};

/** What this browser keeps under a key; nothing where it keeps nothing. */
function kept(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

// Before the first paint, so that a page chosen dark is never light for a moment.
document.documentElement.dataset.theme = kept('casement-theme') ?? 'system';

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

/** The account's language, else the one chosen here, else the browser's first that there is. */
function language(session) {
  const chosen = session?.body?.preferences?.language ?? kept('casement-language');
  const wanted = chosen ? [chosen] : navigator.languages.map((tag) => tag.split('-')[0]);
  return wanted.find((tag) => tag === 'en' || LANGUAGES.includes(tag));
}

/** The texts of a language, for the app to read; none means English. */
async function texts(session) {
  // An answer that does not come must not keep the page from coming.
  const patience = new Promise((resolve) => setTimeout(resolve, 2000, { body: null }));
  const tag = language(await Promise.race([session, patience]));
  if (!LANGUAGES.includes(tag)) {
    return undefined;
  }
  try {
    const answer = await fetch(`/locales/${tag}.json`);
    return answer.ok ? await answer.text() : undefined;
  } catch {
    return undefined;
  }
}

let rest;

/** What of English is no part of the program; fetched once, and again after a failure. */
globalThis.casementRest = () => {
  rest ??= fetch('/locales/en.json')
    .then((answer) => (answer.ok ? answer.text() : Promise.reject(answer.status)))
    .catch((error) => {
      rest = undefined;
      throw error;
    });
  // Whoever waits for them hears of a failure.
  rest.catch(() => {});
  return rest;
};

/** Puts the page's own words into a language that is not English. */
function speak(tag) {
  for (const element of document.querySelectorAll('[data-words]')) {
    const words = WORDS[tag]?.[element.dataset.words];
    if (words) {
      element.textContent = words;
      element.lang = tag;
    }
  }
}

/** Runs the app; its `main` has mounted the page when the promise resolves. */
async function start({ js, wasm }) {
  const download = fetch(wasm);
  // `init` reports a failure, but may not listen yet when it comes.
  download.catch(() => {});
  const { default: init } = await import(js);
  globalThis.casementTexts = await texts(globalThis.casementSession);
  await init({ module_or_path: download });
}

speak(language());

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
