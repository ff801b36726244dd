/** Every sentence of the sign-in pages. */
export const sentences = {
  signIn: 'Sign in',
  withPasskey: 'Sign in with a passkey',
  withProvider: (name: string) => `Sign in with ${name}`,
  email: 'E-mail address',
  password: 'Password',
  name: 'Your name',
  newPassword: 'New password',
  currentPassword: 'Current password',
  passwordAdvice: 'At least 12 letters. A sentence that only you would think of is best.',
  welcome: 'Welcome to Greenlane',
  welcomeFirst: 'You will be the first administrator. This link works once.',
  welcomeInvited: (role: string) => `You were invited as ${role}. This link works once.`,
  orProvider: 'Or sign in as your organisation does; the invitation counts there too:',
  enter: 'Go on',
  linkGone: 'This link does not work',
  linkGoneCure:
    'It was used already, is too old, or was not copied whole. Ask an administrator for a new one; the first administrator gets one with `greenlane people link`.',
  code: 'Second factor',
  codeAdvice: 'The six digits that your authenticator app shows, or one of your backup codes.',
  codeLabel: 'Code',
  setUp: 'Set up a second factor',
  setUpWhy: 'A password alone does not let you in. Take one of the two:',
  setUpPasskey: 'A passkey: your device, or a security key, vouches for you. Afterwards you sign in with it.',
  addPasskey: 'Add a passkey',
  setUpApp: 'An authenticator app, which shows a new code every half minute.',
  passwordAgain: 'Your password again',
  startApp: 'Set up an app',
  appFirst: 'Open this in your app, or type the key into it:',
  appLink: 'Open in the app',
  appKey: 'Key',
  backupCodes: 'Backup codes',
  backupWhy: 'Keep these somewhere safe: each lets you in once when the app is not at hand. They are shown only now.',
  appThen: 'Then type the code that the app shows.',
  account: 'Your account',
  signedInAs: (name: string, role: string) => `You are ${name}, ${role}.`,
  passkeys: 'Passkeys',
  passkeyUnnamed: 'Passkey',
  noPasskeys: 'You have none.',
  remove: 'Remove',
  changePassword: 'Change the password',
  newBackupCodes: 'Make new backup codes',
  signOut: 'Sign out',
  signOutEverywhere: 'Sign out everywhere',
  needsScript: 'Passkeys need JavaScript; passwords do not.',
  done: {
    passkey: 'The passkey was added. Sign in with it now.',
    password: 'The password was changed; everybody else who was signed in as you is signed out.',
    'signed-out': 'You are signed out.',
  },
  faults: {
    refused:
      'That did not let you in. Check the address and the password; if you set up a passkey and no app, sign in with the passkey.',
    'code-wrong': 'That code is wrong, was used already, or is too old.',
    'too-many': 'Too many attempts. Wait a quarter of an hour and try again.',
    'name-missing': 'Type your name.',
    'address-wrong': 'That is no e-mail address.',
    'address-elsewhere': 'This address belongs to somebody of another organisation. Use another one.',
    'too-short': 'The password has fewer than 12 letters.',
    'too-long': 'The password has more than 128 letters.',
    'easily-guessed': 'That password is easily guessed. Take words that have nothing to do with you or with Greenlane.',
    'link-unknown': 'This link does not work any more.',
    'provider-down': 'That organisation’s sign-in does not answer now. Try again in a minute, or sign in another way.',
    'not-invited': 'You are not invited yet. Ask an administrator for an invitation to the address you sign in with.',
    'address-not-verified': 'Your organisation does not vouch for your e-mail address.',
    'provider-refused': 'Your organisation’s sign-in did not let you in.',
    'password-wrong': 'That is not your password.',
    'session-old': 'You signed in too long ago for this. Sign in again.',
  },
} as const

export type PageFault = keyof typeof sentences.faults
export type PageDone = keyof typeof sentences.done

/** A fault by its name as it stands in an address; what is not known is told as what a provider refused. */
export function pageFault(name: string | undefined): PageFault | null {
  if (name === undefined) return null
  return Object.hasOwn(sentences.faults, name) ? (name as PageFault) : 'provider-refused'
}

/** What was done, by its name as it stands in an address. */
export function pageDone(name: string | undefined): PageDone | null {
  return name !== undefined && Object.hasOwn(sentences.done, name) ? (name as PageDone) : null
}
