import type { Api } from '../../api/api.ts'
import { passkeyScript } from '../pages/passkey-script.ts'
import { signInStyle } from '../pages/style.ts'
import { addAccountRoutes } from './account.ts'
import { addLibraryRoutes } from './library.ts'
import type { SignInParts } from './parts.ts'
import { addSignInRoutes } from './sign-in.ts'
import { addWelcomeRoutes } from './welcome.ts'

/** Adds everything by which people come in and out, and look after what lets them in. */
export function addSignIn(api: Api, parts: SignInParts): void {
  api.get('/sign-in/style.css', (context) => context.body(signInStyle, 200, { 'content-type': 'text/css' }))
  api.get('/sign-in/passkey.js', (context) => context.body(passkeyScript, 200, { 'content-type': 'text/javascript' }))
  addSignInRoutes(api, parts)
  addWelcomeRoutes(api, parts)
  addAccountRoutes(api, parts)
  addLibraryRoutes(api, parts)
}
