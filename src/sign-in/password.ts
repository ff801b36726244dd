import { passwordLeast, passwordMost } from './lifetimes.ts'

/** Words that anybody would try here. */
const tried = [
  'greenlane',
  'password',
  'passwort',
  'wachtwoord',
  'plant',
  'parcel',
  'customs',
  'phyto',
  'quarantine',
  'welcome',
  'admin',
]

const rows = [
  'qwertzuiop',
  'qwertyuiop',
  'azertyuiop',
  'asdfghjkl',
  'yxcvbnm',
  'zxcvbnm',
  '01234567890',
  'abcdefghijklmnopqrstuvwxyz',
]

/**
 * What is wrong with a new password, or null. Length decides, as NIST SP 800-63B-4 has it: no kinds of letters are asked for. Refused
 * is what is left of no length once the words that anybody would try, the owner's own address and runs of letters are taken out.
 */
export function faultOfPassword(password: string, email: string): 'too-short' | 'too-long' | 'easily-guessed' | null {
  const length = [...password].length
  if (length < passwordLeast) return 'too-short'
  if (length > passwordMost) return 'too-long'
  return hardness(password, email) < passwordLeast / 2 ? 'easily-guessed' : null
}

/** Different letters left when the guessable is taken out. */
function hardness(password: string, email: string): number {
  let rest = password.toLowerCase()
  const own = email.toLowerCase().split(/[^\p{L}\p{N}]+/u)
  for (const word of [...own.filter((part) => part.length > 3), ...tried]) rest = rest.replaceAll(word, '')
  for (const row of rows) for (const run of [row, [...row].reverse().join('')]) rest = withoutRuns(rest, run)
  return new Set(rest).size
}

/** Without pieces of four letters and more of the run. */
function withoutRuns(text: string, run: string): string {
  let rest = text
  for (let length = run.length; length >= 4; length--)
    for (let from = 0; from + length <= run.length; from++) rest = rest.replaceAll(run.slice(from, from + length), '')
  return rest
}
