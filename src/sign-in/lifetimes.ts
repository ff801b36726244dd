/**
 * How long people stay signed in, in seconds. NIST SP 800-63B-4 asks at its second level for a new sign-in after at most 24 hours,
 * or after one hour without use; an officer's working day is shorter than the first.
 */
export const lifetimes = {
  /** Without any request. */
  idle: 3600,
  /** Since signing in, whatever happens. */
  absolute: 12 * 3600,
  /** Since signing in, to add a passkey or change what lets one in. */
  fresh: 15 * 60,
  /** How often it is written that a session is in use. */
  written: 60,
  /** Between the password and the second factor. */
  secondFactor: 300,
} as const

/** Letters of a password at least; with a second factor NIST SP 800-63B-4 asks for 8. */
export const passwordLeast = 12

/** Letters of a password at most: more would only cost time to hash. */
export const passwordMost = 128
