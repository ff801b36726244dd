import { type Content, type Html, html } from '../../web/report/html.ts'
import type { IdentityProvider } from '../identity-provider.ts'
import type { Link } from '../links.ts'
import { field, form, frame } from './frame.ts'
import { type PageDone, type PageFault, sentences as says } from './sentences.ts'

/** What became of the last attempt. */
export interface Outcome {
  readonly fault?: PageFault | null
  readonly done?: PageDone | null
}

/** The page to sign in at. */
export function signInPage(providers: readonly IdentityProvider[], outcome: Outcome, email = ''): string {
  const main = [
    form('/sign-in', says.signIn, [
      field({ name: 'email', label: says.email, type: 'email', complete: 'username webauthn', value: email }),
      field({ name: 'password', label: says.password, type: 'password', complete: 'current-password' }),
    ]),
    html`<hr>\n`,
    passkeyButton('passkey-sign-in', says.withPasskey),
    providerLinks(providers),
  ]
  return frame({ title: says.signIn, ...outcome, main, script: true })
}

/** The page behind a one-time link. */
export function welcomePage(
  { link, token, providers }: { link: Link; token: string; providers: readonly IdentityProvider[] },
  outcome: Outcome,
  given: { readonly name: string; readonly email: string } = { name: '', email: '' },
): string {
  const who = link.email === null ? says.welcomeFirst : says.welcomeInvited(link.role)
  const address = { name: 'email', label: says.email, type: 'email', complete: 'username' } as const
  const main = [
    html`<p>${who}</p>\n`,
    form('/welcome', says.enter, [
      html`<input type="hidden" name="token" value="${token}">\n`,
      field({ name: 'name', label: says.name, complete: 'name', value: given.name }),
      field({ ...address, value: link.email ?? given.email, fixed: link.email !== null }),
      field({
        name: 'password',
        label: says.newPassword,
        type: 'password',
        complete: 'new-password',
        advice: says.passwordAdvice,
      }),
    ]),
    link.email === null || providers.length === 0 ? null : html`<hr>\n<p>${says.orProvider}</p>\n`,
    link.email === null ? null : providerLinks(providers),
  ]
  return frame({ title: says.welcome, ...outcome, main })
}

/** The page of a link that does not work. */
export function linkGonePage(): string {
  return frame({ title: says.linkGone, main: html`<p>${says.linkGoneCure}</p>` })
}

/** The page that asks for the second factor. */
export function codePage(outcome: Outcome): string {
  const code = { name: 'code', label: says.codeLabel, complete: 'one-time-code', advice: says.codeAdvice }
  return frame({ title: says.code, ...outcome, main: form('/sign-in/code', says.signIn, field(code)) })
}

/** The page on which somebody with a password takes a second factor. */
export function setUpPage(outcome: Outcome): string {
  const main = [
    html`<p>${says.setUpWhy}</p>\n<p>${says.setUpPasskey}</p>\n`,
    passkeyButton('passkey-add', says.addPasskey),
    html`<hr>\n<p>${says.setUpApp}</p>\n`,
    form('/set-up', says.startApp, passwordField(says.passwordAgain, 'password', 'current-password')),
    form('/sign-out', says.signOut),
  ]
  return frame({ title: says.setUp, ...outcome, main, script: true })
}

/** The page with the key of an authenticator app and the backup codes, shown once. */
export function appPage({ uri, codes }: { uri: string; codes: readonly string[] }): string {
  const key = new URL(uri).searchParams.get('secret') ?? ''
  const code = { name: 'code', label: says.codeLabel, complete: 'one-time-code', digits: true }
  const main = [
    html`<p>${says.appFirst}</p>
<p><a href="${uri}">${says.appLink}</a></p>
<p>${says.appKey}: <code id="key">${key.replace(/(.{4})(?=.)/g, '$1 ')}</code></p>
`,
    codesList(codes),
    html`<p>${says.appThen}</p>\n`,
    form('/set-up/code', says.enter, field(code)),
  ]
  return frame({ title: says.setUp, main })
}

/** The page of new backup codes, shown once. */
export function codesPage(codes: readonly string[]): string {
  return frame({
    title: says.backupCodes,
    main: [codesList(codes), html`<p><a href="/account">${says.account}</a></p>`],
  })
}

/** The page of somebody's own account. */
export function accountPage(
  owner: { readonly name: string; readonly role: string; readonly secondFactor: boolean; readonly password: boolean },
  passkeys: readonly { readonly id: string; readonly name: string | null }[],
  outcome: Outcome,
): string {
  const rows = passkeys.map(
    ({ id, name }) =>
      html`<li>${name ?? says.passkeyUnnamed} ${form(`/account/passkeys/${encodeURIComponent(id)}/removal`, says.remove)}</li>\n`,
  )
  const main: Content[] = [
    html`<p>${says.signedInAs(owner.name, owner.role)}</p>\n<h2>${says.passkeys}</h2>\n`,
    rows.length === 0 ? html`<p>${says.noPasskeys}</p>\n` : html`<ul>\n${rows}</ul>\n`,
    passkeyButton('passkey-add', says.addPasskey),
  ]
  if (owner.secondFactor)
    main.push(
      html`<h2>${says.backupCodes}</h2>\n`,
      form('/account/codes', says.newBackupCodes, passwordField(says.currentPassword, 'password', 'current-password')),
    )
  if (owner.password)
    main.push(
      html`<h2>${says.changePassword}</h2>\n`,
      form('/account/password', says.changePassword, [
        passwordField(says.currentPassword, 'current', 'current-password'),
        field({
          name: 'new',
          label: says.newPassword,
          type: 'password',
          complete: 'new-password',
          advice: says.passwordAdvice,
        }),
      ]),
    )
  main.push(html`<hr>\n`, form('/sign-out', says.signOut), form('/sign-out/everywhere', says.signOutEverywhere))
  return frame({ title: says.account, ...outcome, main, script: true })
}

function passwordField(label: string, name: string, complete: string): Html {
  return field({ name, label, type: 'password', complete })
}

function passkeyButton(id: string, label: string): Html {
  return html`<p><button type="button" id="${id}" hidden>${label}</button></p>
<p role="alert" id="passkey-fault" data-refused="${says.faults.refused}" data-old="${says.faults['session-old']}"></p>
<noscript><p>${says.needsScript}</p></noscript>
`
}

function providerLinks(providers: readonly IdentityProvider[]): Content {
  return providers.map(({ id, name }) => html`<p><a href="/sign-in/with/${id}">${says.withProvider(name)}</a></p>\n`)
}

function codesList(codes: readonly string[]): Html {
  return html`<h2>${says.backupCodes}</h2>
<p>${says.backupWhy}</p>
<ul id="codes">
${codes.map((code) => html`<li><code>${code}</code></li>\n`)}</ul>
`
}
