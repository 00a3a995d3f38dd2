/**
 * What moves on the pages. Everything here is an extra: each form works with scripts off.
 * The words come from data attributes of the body (messages/site.properties); docs/pages.md lists the hooks.
 */
import { DatePicker, SortableTable, createAll, htmx, initAll } from './vendor/vendor.js';

// Nothing of a page is kept in the browser's storage, and nothing is run that the server did not send as a file.
Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  attributesToSettle: [], // copying a style attribute, such as that of a resized box, would break the policy
  historyCacheSize: 0,
  historyEnabled: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
});

const words = document.body.dataset;
const SECOND = 1000;

// ---------------------------------------------------------------- speaking and the server

const spoken = {};
/** Reads a text out without moving the focus. `assertive` interrupts: for what cannot wait. */
function say(text, manner = 'polite') {
  if (!spoken[manner]) {
    const region = document.createElement('div');
    region.className = 'govuk-visually-hidden';
    region.setAttribute('aria-live', manner);
    document.body.append(region);
    spoken[manner] = region;
  }
  // A region must be empty first, or the same text twice is not read twice.
  spoken[manner].textContent = '';
  setTimeout(() => { spoken[manner].textContent = text; }, 100);
}

const meta = name => document.querySelector(`meta[name="${name}"]`)?.content;

function setToken(token) {
  document.querySelector('meta[name="csrf-token"]').content = token;
  document.querySelectorAll('input[name="_csrf"]').forEach(input => { input.value = token; });
}

/** The state of the sign-in as an error: the answer of the server was not for this person's session. */
class SignedOut extends Error {}

/** Sends a form's data. Resolves with the response, rejects with SignedOut, or with TypeError when the line is down. */
async function send(url, body, options = {}) {
  const response = await fetch(url, {
    method: 'POST',
    body,
    credentials: 'same-origin',
    ...options,
    headers: { [meta('csrf-header') ?? 'X-CSRF-TOKEN']: meta('csrf-token') ?? '', ...options.headers },
  });
  if (response.status === 401 || response.status === 403 || response.redirected) {
    throw new SignedOut();
  }
  seen();
  return response;
}

/**
 * After a new sign-in in another tab: takes over its token.
 * Answers `same`, `other` (somebody else signed in: nothing may be sent in their name) or `none`.
 */
async function renewToken() {
  const response = await fetch(words.homeUrl, { credentials: 'same-origin', headers: { Accept: 'text/html' } });
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const of = name => page.querySelector(`meta[name="${name}"]`)?.content;
  if (!response.ok || !of('tf-user')) return 'none';
  if (of('tf-user') !== meta('tf-user')) return 'other';
  setToken(of('csrf-token'));
  return 'same';
}

document.addEventListener('htmx:configRequest', event => {
  if (meta('csrf-token')) event.detail.headers[meta('csrf-header')] = meta('csrf-token');
});

// ---------------------------------------------------------------- components

function start(scope) {
  initAll({ scope });
  createAll(DatePicker, undefined, scope);
  createAll(SortableTable, undefined, scope);
  for (const box of scope.querySelectorAll('textarea')) {
    box.spellcheck = true;
    box.lang ||= 'en-GB';
  }
  offerCopies(scope);
  scope.querySelectorAll('.tf-diagram[data-bpmn-url]').forEach(drawWhenSeen);
}

// ---------------------------------------------------------------- drafts

const CLOSING_LIMIT = 60000; // browsers refuse larger requests from a page that is going away

/** Saves what is typed in a form, so that at most five seconds of keys can be lost. */
class Draft {
  constructor(form) {
    this.form = form;
    this.dirty = document.querySelector('.govuk-error-summary') !== null; // shown again: not in the draft yet
    this.failed = false;
    this.stopped = false;
    this.status = form.querySelector('[data-draft-status]') ?? this.#makeStatus();
    form.addEventListener('input', () => this.touch());
    form.addEventListener('change', () => this.touch());
    this.told = answersOf(form);
    if (otherTabs) for (const sign of ['input', 'change']) form.addEventListener(sign, () => tellOtherTabs(form));
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') this.leave();
    });
    addEventListener('pagehide', () => this.leave());
    addEventListener('online', () => this.save());
    addEventListener('beforeunload', event => {
      if (!this.dirty || this.stopped) return;
      this.leave();
      if (this.failed || !navigator.onLine) event.preventDefault();
    });
    if (this.dirty) this.#later();
  }

  #makeStatus() {
    const status = document.createElement('p');
    status.className = 'govuk-hint tf-draft-status';
    const last = [...this.form.querySelectorAll('button[type="submit"], button:not([type])')].pop();
    (last?.closest('.govuk-button-group') ?? last ?? this.form.lastElementChild).after(status);
    return status;
  }

  #body() {
    const data = new FormData(this.form);
    for (const [name, value] of [...data]) if (typeof value !== 'string') data.delete(name);
    return new URLSearchParams(data);
  }

  #later(wait = 3 * SECOND) {
    this.timer ??= setTimeout(() => { this.timer = undefined; this.save(); }, wait);
  }

  #show(text, aloud) {
    this.status.textContent = text;
    if (aloud) say(text);
  }

  touch() {
    this.dirty = true;
    this.#later();
  }

  async save() {
    if (!this.dirty || this.stopped) return;
    if (this.saving) { this.#later(); return; }
    this.saving = true;
    this.dirty = false;
    const body = this.#body();
    try {
      await this.#put(body, body.toString().length < CLOSING_LIMIT);
      const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }).format(new Date());
      this.#show(words.saved.replace('%s', time), this.failed || !this.saidOnce);
      this.saidOnce = true;
      this.failed = false;
      this.renewed = 0;
      if (this.dirty) this.#later();
    } catch (problem) {
      this.dirty = true;
      if (problem instanceof SignedOut) await this.#signedOut();
      else this.#notYet(words.notSaved);
    } finally {
      this.saving = false;
    }
  }

  async #put(body, keepalive) {
    const response = await send(this.form.dataset.draftUrl, body, { method: this.form.dataset.draftMethod ?? 'POST', keepalive });
    if (response.status === 404 || response.status === 409 || response.status === 410) {
      this.stopped = true;
      this.#show(words.draftTaken, true);
      throw new Error('the task is no longer open to this person');
    }
    if (!response.ok) throw new Error(`draft not saved: ${response.status}`);
    const version = this.form.elements.namedItem('_draftVersion');
    if (version && response.headers.has('Draft-Version')) version.value = response.headers.get('Draft-Version');
  }

  #notYet(text) {
    if (this.stopped) return;
    if (!this.failed || this.status.textContent !== text) this.#show(text, true);
    this.failed = true;
    this.#later();
  }

  async #signedOut() {
    const who = await renewToken().catch(() => 'none');
    if (who === 'same') {
      // Refused although signed in, again and again: no question of the token.
      this.renewed = (this.renewed ?? 0) + 1;
      if (this.renewed < 3) this.#later(SECOND); else this.#notYet(words.notSaved);
      return;
    }
    if (who === 'other') this.stopped = true;
    this.failed = true;
    this.#show(who === 'other' ? words.otherUser : words.signedOut, !this.toldSignedOut);
    this.toldSignedOut = true;
    if (who === 'none') {
      const link = document.createElement('a');
      Object.assign(link, { href: words.homeUrl, target: '_blank', rel: 'noopener', className: 'govuk-link', textContent: words.signInAgain });
      this.status.append(' ', link);
      this.#later(10 * SECOND);
    }
  }

  /** The page may go away at any moment: send now, in a way that outlives it. */
  leave() {
    if (!this.dirty || this.stopped) return;
    const body = this.#body();
    this.dirty = false;
    this.#put(body, body.toString().length < CLOSING_LIMIT).catch(() => { this.touch(); });
  }

  /** The form itself is on its way: a draft sent now would come too late. */
  done() {
    this.stopped = true;
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  resume() {
    this.stopped = false;
    if (this.dirty) this.#later();
  }
}

const drafts = new Map();

/** The same form in two tabs: what is typed in one appears in the other, so that neither saves over what the other has. */
const otherTabs = 'BroadcastChannel' in window ? new BroadcastChannel('drafts') : undefined;

function tellOtherTabs(form) {
  const draft = drafts.get(form);
  const now = answersOf(form);
  const changed = [...now].filter(([key, value]) => draft.told.get(key) !== value);
  draft.told = now;
  if (changed.length) otherTabs.postMessage({ user: meta('tf-user'), url: form.dataset.draftUrl, changed });
}

otherTabs?.addEventListener('message', ({ data }) => {
  for (const [form, draft] of drafts) {
    if (form.dataset.draftUrl !== data.url || data.user !== meta('tf-user') || draft.stopped) continue;
    const before = answersOf(form);
    restore(form, new Map(data.changed));
    draft.told = answersOf(form);
    const asks = [...form.elements].some(field => field.closest('[data-asks-again]') && data.changed.some(([key]) => key === fieldKey(field)) && before.get(fieldKey(field)) !== draft.told.get(fieldKey(field)));
    if (asks && form.dataset.againUrl) askAgain(form);
  }
});

/** A form without a draft that must not be left by mistake: data-guard. */
function guard(form) {
  let changed = false;
  form.addEventListener('input', () => { changed = true; });
  form.addEventListener('submit', () => { changed = false; });
  addEventListener('beforeunload', event => { if (changed) event.preventDefault(); });
}

// ---------------------------------------------------------------- sending once

const sent = new WeakSet();
document.addEventListener('submit', event => {
  const form = event.target;
  if (event.defaultPrevented || form.target === '_blank' || form.method !== 'post') return;
  if (sent.has(form)) { event.preventDefault(); return; }
  sent.add(form);
  drafts.get(form)?.done();
  // Still here after that long: the answer was a file, or the line dropped.
  setTimeout(() => { sent.delete(form); drafts.get(form)?.resume(); }, 20 * SECOND);
});
addEventListener('pageshow', event => {
  // Back to a page the browser kept: it must be possible to send it again.
  if (event.persisted) location.reload();
});

// ---------------------------------------------------------------- questions that depend on answers, lists that grow

const fieldKey = field => /^(radio|checkbox)$/.test(field.type) ? `${field.name}=${field.value}` : field.name;
const isChoice = field => /^(radio|checkbox)$/.test(field.type);
const answersOf = form => new Map([...form.elements].filter(field => field.name && !/^(hidden|submit|button|fieldset|file)$/.test(field.type))
  .map(field => [fieldKey(field), isChoice(field) ? field.checked : field.value]));

let pointerDown = false;
addEventListener('pointerdown', () => { pointerDown = true; }, true);
for (const end of ['pointerup', 'pointercancel']) addEventListener(end, () => { setTimeout(() => { pointerDown = false; }, 50); }, true);
/** Swapping markup between press and release would swallow the click. */
const released = async () => { while (pointerDown) await new Promise(done => setTimeout(done, 25)); };

let asking = Promise.resolve();
let waiting = false;
/** Asks the server which questions there are, now that an answer changed or a list grows or shrinks. One at a time. */
function askAgain(form, button) {
  if (!button) {
    if (waiting) return;
    waiting = true;
  }
  const press = button && { name: button.name, value: button.value, list: button.closest('.app-list')?.id };
  asking = asking.then(() => { if (!button) waiting = false; return ask(form, press); }).catch(() => say(words.notAsked, 'assertive'));
}

async function ask(form, press) {
  const region = form.querySelector('#questions');
  const before = answersOf(form);
  const body = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === 'string'));
  body.append(press?.name ?? 'again', press?.value ?? 'true');
  if (press) {
    region.inert = true; // rows are about to move: keys typed meanwhile would land in the wrong one
  }
  region.setAttribute('aria-busy', 'true');
  try {
    let response;
    try {
      response = await send(form.dataset.againUrl, body, { headers: { 'HX-Request': 'true' } });
    } catch (problem) {
      if (!(problem instanceof SignedOut) || await renewToken() !== 'same') throw problem;
      body.set('_csrf', meta('csrf-token'));
      response = await send(form.dataset.againUrl, body, { headers: { 'HX-Request': 'true' } });
    }
    const html = await response.text();
    if (!response.ok || !html.includes('id="questions"')) throw new Error(`no questions in the answer: ${response.status}`);
    await released();
    const typed = [...answersOf(form)].filter(([key, value]) => before.get(key) !== value);
    htmx.swap(region, html, { swapStyle: 'outerHTML', settleDelay: 0, ignoreTitle: true }, { select: '#questions' });
    const fresh = form.querySelector('#questions');
    restore(form, new Map(typed));
    if (press) focusAfter(fresh, press);
    drafts.get(form)?.touch();
  } finally {
    region.inert = false;
    region.removeAttribute('aria-busy');
  }
}

/** Puts back what was typed while the server was asked. */
function restore(form, typed) {
  for (const field of form.elements) {
    const value = typed.get(fieldKey(field));
    if (value === undefined) continue;
    if (isChoice(field)) field.checked = value;
    else if (field.value !== value) field.value = value;
  }
}

function focusAfter(region, { name, list }) {
  const box = list && region.querySelector(`#${CSS.escape(list)}`);
  if (!box) return;
  if (name === 'add') {
    const row = [...box.querySelectorAll('.app-row')].pop();
    row?.querySelector('input:not([type="hidden"]), select, textarea')?.focus();
    say(words.rowAdded);
  } else {
    box.focus();
    say(words.rowRemoved);
  }
}

document.addEventListener('change', event => {
  if (event.target.closest('[data-asks-again]') && event.target.form?.dataset.againUrl) askAgain(event.target.form);
});
document.addEventListener('input', event => {
  if (event.isTrusted && event.target.matches('textarea')) document.getElementById(`${event.target.id}-copied`)?.remove();
});
document.addEventListener('click', event => {
  const button = event.target.closest('#questions button[name="add"], #questions button[name="remove"]');
  if (!button?.form?.dataset.againUrl) return;
  event.preventDefault();
  askAgain(button.form, button);
});

// ---------------------------------------------------------------- pasting and copying text

/** Text with its paragraphs and lists, without the rest, from what a word processor puts on the clipboard. */
export function plainText(html) {
  // Word writes a list as paragraphs and hides the bullet in a style. All else in a tag but its class is dropped unread:
  // the security policy reports styles and handlers even in a document that is never shown.
  const tidy = html
    .replace(/<(style|script)\b[\s\S]*?<\/\1>/gi, '')
    .replace(/<(\w[\w:-]*)((?:"[^"]*"|'[^']*'|[^'">])*)>/g, (all, tag, attributes) => {
      const bullet = /mso-list:\s*Ignore/i.test(attributes) ? ' data-bullet' : '';
      const named = attributes.match(/\sclass=("[^"]*"|'[^']*'|[\w-]+)/i);
      return `<${tag}${bullet}${named ? named[0] : ''}>`;
    });
  const page = new DOMParser().parseFromString(tidy, 'text/html');
  const blocks = 'ADDRESS ARTICLE BLOCKQUOTE DIV DL DT DD H1 H2 H3 H4 H5 H6 OL P PRE SECTION TABLE TR UL'.split(' ');
  let text = '';
  const line = gap => { text = text.replace(/[ \t]+$/, ''); if (text) text = text.replace(/\n*$/, '\n'.repeat(gap)); };
  const walk = (node, depth) => {
    if (node.nodeType === Node.TEXT_NODE) {
      const words = node.data.replace(/[\s\u00a0]+/g, ' ');
      text += /(^|\s)$/.test(text) ? words.trimStart() : words;
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE || /^(SCRIPT|STYLE|HEAD|TITLE|META)$/.test(node.tagName)) return;
    const children = inner => node.childNodes.forEach(child => walk(child, inner));
    if (node.hasAttribute('data-bullet')) {
      const mark = node.textContent.trim();
      text += /^\(?\w{1,4}[.)]/.test(mark) ? `${mark} ` : '- ';
    } else if (node.tagName === 'BR') {
      text = text.replace(/[ \t]+$/, '') + '\n';
    } else if (node.tagName === 'LI') {
      line(1);
      const order = node.parentElement?.tagName === 'OL' ? `${[...node.parentElement.children].indexOf(node) + 1}.` : '-';
      const above = text;
      text = '';
      children(depth);
      // A paragraph inside a list item stays on the line of its bullet.
      text = `${above}${'  '.repeat(Math.max(0, depth - 1))}${order} ${text.trim().replace(/\n{2,}/g, '\n')}`;
      line(1);
    } else if (/^(TD|TH)$/.test(node.tagName)) {
      if (node.previousElementSibling) text += '\t';
      children(depth);
    } else if (blocks.includes(node.tagName)) {
      const list = /^(UL|OL)$/.test(node.tagName);
      const close = node.tagName === 'TR' || (list && depth > 0) || /MsoListParagraph(?!CxSpLast)|ListParagraphCxSp(First|Middle)/.test(node.className);
      if (list && depth > 0) line(1); else if (!/^TR$/.test(node.tagName) && !/MsoListParagraphCxSp(Middle|Last)/.test(node.className)) line(2);
      children(list ? depth + 1 : depth);
      line(close ? 1 : 2);
    } else {
      children(depth);
    }
  };
  walk(page.body, 0);
  return text.replace(/\n{3,}/g, '\n\n').trim();
}

/** Types a text where the cursor is, so that undo works and the form notices. */
function type(box, text) {
  box.focus();
  if (!document.execCommand('insertText', false, text)) {
    box.setRangeText(text, box.selectionStart, box.selectionEnd, 'end');
    box.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

document.addEventListener('paste', event => {
  const box = event.target;
  const html = event.clipboardData?.getData('text/html');
  if (box.tagName !== 'TEXTAREA' || !html) return;
  const text = plainText(html);
  if (!text) return;
  event.preventDefault();
  type(box, text);
});

const make = (tag, properties, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

/** Under each answer that siblings may share (`data-copy`): a way to copy it to some of them. */
function offerCopies(scope) {
  const all = [...scope.querySelectorAll('textarea[data-copy]')];
  const child = box => box.closest('.app-row')?.querySelector('legend')?.textContent.trim() ?? '';
  for (const box of all) {
    const others = all.filter(other => other !== box && other.dataset.copy === box.dataset.copy);
    if (others.length === 0) continue;
    const choices = others.map(other => {
      const tick = make('input', { type: 'checkbox', className: 'govuk-checkboxes__input', id: `${other.id}-from-${box.id}`, value: other.id, autocomplete: 'off' });
      return make('div', { className: 'govuk-checkboxes__item' }, tick,
        make('label', { className: 'govuk-label govuk-checkboxes__label', htmlFor: tick.id, textContent: child(other) }));
    });
    const button = make('button', { type: 'button', className: 'govuk-button govuk-button--secondary govuk-!-margin-bottom-0', textContent: words.copyDo });
    button.addEventListener('click', () => {
      const ticked = choices.map(choice => choice.firstChild).filter(tick => tick.checked);
      copy(box, ticked.map(tick => document.getElementById(tick.value)), child(box));
      ticked.forEach(tick => { tick.checked = false; });
      button.focus();
    });
    const legend = make('legend', { className: 'govuk-visually-hidden', textContent: words.copyTo });
    box.closest('.govuk-form-group').append(make('details', { className: 'govuk-details tf-copy' },
      make('summary', { className: 'govuk-details__summary' }, make('span', { className: 'govuk-details__summary-text', textContent: words.copyTo })),
      make('div', { className: 'govuk-details__text' }, make('fieldset', { className: 'govuk-fieldset' }, legend,
        make('div', { className: 'govuk-checkboxes govuk-checkboxes--small' }, ...choices)), button)));
  }
}

/** Adds the answer to those of the siblings; what stands there already stays. */
function copy(from, boxes, name) {
  const text = from.value.trim();
  if (!text || boxes.length === 0) { say(text ? words.copyNobody : words.copyNothing, 'assertive'); return; }
  for (const box of boxes) {
    if (box.value.includes(text)) continue;
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
    type(box, (box.value.trim() ? '\n\n' : '') + text);
    markCopied(box, from, name);
  }
  say(words.copied);
}

/** The same mark as the server draws: it goes with the form, so that it stays in the draft and in the record until somebody says that it is right. */
function markCopied(box, from, name) {
  document.getElementById(`${box.id}-copied`)?.remove();
  const person = from.closest('.app-row')?.querySelector('input[name$="].person"]')?.value;
  if (!person) return;
  const field = make('input', { type: 'hidden', name: box.name.replace('].', '].copied.'), value: person });
  const right = make('button', { type: 'submit', name: 'right', value: box.name, formNoValidate: true,
    className: 'govuk-button govuk-button--secondary govuk-!-margin-bottom-0', textContent: words.copyRight });
  box.after(make('div', { className: 'tf-copied', id: `${box.id}-copied` }, field,
    make('p', { className: 'govuk-body', textContent: words.copiedFrom.replace('%s', name) }), right));
}

document.addEventListener('click', event => {
  const button = event.target.closest('#questions button[name="right"]');
  if (!button) return;
  event.preventDefault();
  const note = button.closest('.tf-copied');
  const box = note.parentElement.querySelector('textarea');
  note.remove();
  box.dispatchEvent(new Event('input', { bubbles: true })); // the draft has changed
  box.focus();
});

// The browser's own print is one key away; the button is for who does not know the key.
for (const button of document.querySelectorAll('button[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => print());
}

// Paper shows the whole of an answer, not the part the box has room for.
addEventListener('beforeprint', () => document.querySelectorAll('textarea').forEach(box => { box.style.height = `${box.scrollHeight + 4}px`; }));
addEventListener('afterprint', () => document.querySelectorAll('textarea').forEach(box => { box.style.height = ''; }));

// What is on paper has been read: the server writes down that it was printed, by the button or by the browser's own key.
addEventListener('beforeprint', () => {
  if (meta('tf-user')) {
    send(words.printedUrl, new URLSearchParams({ page: location.pathname }), { keepalive: true }).catch(() => { /* paper does not wait for it */ });
  }
});

// ---------------------------------------------------------------- the session

const idle = Number(meta('tf-session-idle')) * SECOND;
const warnAfter = Number(meta('tf-session-warn')) * SECOND;
const tabs = 'BroadcastChannel' in window ? new BroadcastChannel('session') : undefined;
let lastSeen = Date.now();
let warning;
let ended = false;

/** The server has just heard from this person: the time to the end of the session starts anew, in all tabs. */
function seen(fromOtherTab) {
  lastSeen = Date.now();
  ended = false;
  if (warning) { warning.remove(); warning = undefined; }
  if (!fromOtherTab) tabs?.postMessage('seen');
}

function warn() {
  const end = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }).format(new Date(lastSeen + idle));
  warning = document.createElement('section');
  warning.className = 'tf-session';
  warning.setAttribute('aria-label', words.sessionTitle);
  const text = document.createElement('p');
  text.className = 'govuk-body-l govuk-!-font-weight-bold';
  text.textContent = words.sessionWarning.replace('%s', end);
  const stay = document.createElement('button');
  Object.assign(stay, { type: 'button', className: 'govuk-button govuk-!-margin-bottom-0', textContent: words.sessionStay });
  const inner = document.createElement('div');
  inner.className = 'govuk-width-container';
  inner.append(text, stay);
  warning.append(inner);
  document.body.prepend(warning);
  say(text.textContent, 'assertive');
}

let extending = false;
async function extend() {
  if (!warning || extending) return;
  extending = true;
  try {
    const response = await send(words.extendUrl, new URLSearchParams());
    if (response.ok) say(words.sessionExtended);
  } catch (problem) {
    if (problem instanceof SignedOut) end();
    // Otherwise the line is down: the warning stays and the next key tries again.
  } finally {
    extending = false;
  }
}

/** The session is over. Nothing of the family stays on the screen, unless something typed would be lost with it. */
function end() {
  ended = true;
  const unsaved = [...drafts.values()].find(draft => draft.dirty && !draft.stopped);
  if (unsaved) { unsaved.save(); return; }
  const page = document.querySelector('form[data-page-url]')?.dataset.pageUrl;
  for (const draft of drafts.values()) draft.done();
  location.assign(page ?? location.href.split('#')[0]);
}

function look() {
  if (ended) return;
  const since = Date.now() - lastSeen;
  if (since >= idle + 5 * SECOND) end();
  else if (since >= warnAfter && !warning) warn();
}

if (idle > 0) {
  setInterval(look, SECOND);
  tabs?.postMessage('seen');
  tabs?.addEventListener('message', () => seen(true));
  // A machine that slept keeps no interval: look as soon as it wakes.
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') look(); });
  for (const sign of ['keydown', 'pointerdown']) addEventListener(sign, extend, true);
  document.addEventListener('htmx:afterRequest', event => { if (event.detail.successful) seen(); });
}

// ---------------------------------------------------------------- diagrams

/** A folded diagram is fetched when it is unfolded: each is written down as opened by who looks. */
function drawWhenSeen(figure) {
  const fold = figure.closest('details');
  if (!fold || fold.open) draw(figure);
  else fold.addEventListener('toggle', () => draw(figure), { once: true });
}

/** Draws a process with its tokens. What it shows is also said in words on the page. */
async function draw(figure) {
  if (figure.dataset.drawn) return;
  figure.dataset.drawn = 'true';
  const canvasBox = document.createElement('div');
  canvasBox.className = 'tf-diagram__canvas';
  const tools = document.createElement('div');
  tools.className = 'tf-diagram__tools';
  figure.append(tools, canvasBox);
  try {
    const base = new URL('.', import.meta.url);
    if (!document.querySelector('link[data-diagram]')) {
      const sheet = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: new URL('vendor/diagram.css', base).href });
      sheet.dataset.diagram = '';
      const loaded = new Promise(done => { sheet.onload = sheet.onerror = done; });
      document.head.append(sheet);
      await loaded;
    }
    const [{ NavigatedViewer }, response] = await Promise.all([
      import('./vendor/diagram.js'),
      fetch(figure.dataset.bpmnUrl, { credentials: 'same-origin' }),
    ]);
    if (!response.ok) throw new Error(`no diagram: ${response.status}`);
    // The wheel scrolls the page, not the diagram.
    const viewer = new NavigatedViewer({ container: canvasBox, zoomScroll: { enabled: false } });
    await viewer.importXML(await response.text());
    clearIcons(viewer);
    mark(viewer, figure);
    fit(viewer, canvasBox, figure);
    const canvas = viewer.get('canvas');
    const tool = (text, act) => {
      const button = Object.assign(document.createElement('button'), { type: 'button', textContent: text, className: 'govuk-button govuk-button--secondary' });
      button.addEventListener('click', act);
      tools.append(button);
    };
    tool(words.zoomIn, () => canvas.zoom(Math.min(4, canvas.zoom() * 1.25)));
    tool(words.zoomOut, () => canvas.zoom(Math.max(0.2, canvas.zoom() / 1.25)));
    tool(words.zoomFit, () => showAll(canvas));
    if (document.fullscreenEnabled) tool(words.wholeScreen, () => document.fullscreenElement ? document.exitFullscreen() : figure.requestFullscreen());
    figure.addEventListener('fullscreenchange', () => requestAnimationFrame(() => { canvas.resized(); showAll(canvas); }));
    const svg = canvasBox.querySelector('.djs-container > svg');
    svg.setAttribute('role', 'group');
    svg.setAttribute('aria-label', figure.dataset.label ?? words.diagram);
    let width = canvasBox.clientWidth;
    new ResizeObserver(() => {
      if (canvasBox.clientWidth === width) return;
      width = canvasBox.clientWidth;
      fit(viewer, canvasBox, figure);
    }).observe(canvasBox);
  } catch (problem) {
    canvasBox.remove();
    tools.textContent = words.diagramFailed;
    console.error(problem);
  }
}

const ids = text => (text ?? '').split(',').map(id => id.trim()).filter(Boolean);

function mark(viewer, figure) {
  const elements = viewer.get('elementRegistry');
  const canvas = viewer.get('canvas');
  const overlays = viewer.get('overlays');
  const kinds = [
    ['done', ids(figure.dataset.done), words.diagramDone],
    ['active', ids(figure.dataset.active), words.diagramActive],
    ['incident', ids(figure.dataset.incidents), words.diagramIncident],
  ];
  for (const [kind, all, text] of kinds) {
    for (const id of new Set(all)) {
      const element = elements.get(id);
      if (!element) continue;
      canvas.addMarker(id, `tf-${kind}`);
      if (element.waypoints) continue;
      const times = all.filter(each => each === id).length;
      const badge = document.createElement('span');
      badge.className = `tf-diagram__badge tf-diagram__badge--${kind}`;
      badge.textContent = times > 1 ? `${text} × ${times}` : text;
      overlays.add(id, { position: { top: kind === 'incident' ? element.height - 8 : -12, left: 6 }, html: badge });
    }
  }
}

/**
 * The library draws the icon of a task over the beginning of a long name. Such a name moves down as far as there is room above the edge, or above the mark
 * or event that stands there; where that is not enough the icon becomes half as large.
 */
function clearIcons(viewer) {
  const graphics = viewer.get('elementRegistry');
  for (const element of graphics.filter(each => /(User|Service|Send|BusinessRule)Task$/.test(each.type))) {
    const visual = graphics.getGraphics(element).querySelector('.djs-visual');
    const lines = [...visual.querySelectorAll('text > tspan')];
    if (!lines.length || Math.min(...lines.map(line => Number(line.getAttribute('x')))) > 28) continue;
    const heights = lines.map(line => Number(line.getAttribute('y')));
    const top = Math.min(...heights) - 10;
    const event = element.attachers?.some(each => each.y > element.y + element.height / 2);
    const floor = element.height - (event ? 20 : element.businessObject.loopCharacteristics ? 17 : 4);
    const room = Math.max(0, floor - Math.max(...heights));
    const small = 27 - top > room;
    if (small) visual.querySelectorAll(':scope > path:not([data-marker])').forEach(path => path.setAttribute('transform', `translate(1 1) scale(.5) ${path.getAttribute('transform') ?? ''}`));
    const down = Math.max(0, Math.min((small ? 16 : 27) - top, room));
    lines.forEach(line => line.setAttribute('y', Number(line.getAttribute('y')) + down));
  }
}

const BELOW = 44; // the library's own mark stands in the corner: nothing of the diagram is under it

/** Shows the whole diagram in the middle, never larger than drawn, with room for labels and badges at the edge. */
function showAll(canvas) {
  const { inner, outer } = canvas.viewbox();
  const scale = Math.min(1, outer.width / (inner.width + 60), (outer.height - BELOW) / (inner.height + 60));
  const width = outer.width / scale;
  const height = outer.height / scale;
  canvas.viewbox({ x: inner.x + (inner.width - width) / 2, y: inner.y + (inner.height + BELOW / scale - height) / 2, width, height });
}

function fit(viewer, box, figure) {
  if (!box.clientWidth || document.fullscreenElement === figure) return; // in a closed part of the page: drawn to size when it opens
  const canvas = viewer.get('canvas');
  const { inner } = canvas.viewbox();
  // A figure marked so is the page's subject, and as high as the diagram needs at this width.
  const most = 'whole' in figure.dataset ? Infinity : 640;
  box.style.height = `${Math.round(Math.min(most, Math.max(320, inner.height / inner.width * box.clientWidth + 60 + BELOW)))}px`;
  canvas.resized();
  showAll(canvas);
  const active = viewer.get('elementRegistry').get(ids(figure.dataset.active)[0]);
  if (canvas.zoom() < 0.45 && active) {
    // Too small to read whole: show where the family stands.
    canvas.zoom(0.75);
    canvas.scrollToElement(active, { top: 60, left: 40, bottom: 60, right: 40 });
  }
}

// ---------------------------------------------------------------- go

htmx.onLoad(start); // the page, and later each part that htmx puts into it
for (const form of document.querySelectorAll('form[data-draft-url]')) drafts.set(form, new Draft(form));
document.querySelectorAll('form[data-guard]:not([data-draft-url])').forEach(guard);

/* A box that filters a list while somebody types (data-filters: the id of what it filters). Without scripts the form is sent. */
for (const box of document.querySelectorAll('input[data-filters]')) {
  const list = document.getElementById(box.dataset.filters);
  const none = list.querySelector('[data-filters-none]');
  box.addEventListener('input', () => {
    const wanted = box.value.trim().toLowerCase();
    let left = 0;
    for (const item of list.querySelectorAll('[data-filtered]')) {
      item.hidden = !item.textContent.toLowerCase().includes(wanted);
      left += item.hidden ? 0 : 1;
    }
    none.hidden = left > 0;
  });
}
