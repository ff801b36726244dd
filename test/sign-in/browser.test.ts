import { existsSync } from 'node:fs'
import axe from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startService, type TestService } from './service.fixture.ts'
import { codeAt } from './totp.ts'

const program = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
if (program === undefined) {
  if (process.env['GREENLANE_TEST_EVERYTHING'] === '1')
    throw new Error('No Chromium was found, and its tests are asked for.')
  console.log('No Chromium was found: the journey through the pages of sign-in was not made.')
}

const password = 'seven quiet herons in fog'

/** Faults of accessibility on the page, by the rules of WCAG 2.2 at level AA. */
async function faultsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source)
  const run = "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })"
  const { violations } = (await page.evaluate(run)) as axe.AxeResults
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)
}

/** What a page would do that asks for a passkey without asking who holds the device; gives the status of the answer. */
const signInUnverified = `(async () => {
  const at = '/sign-in/at/passkey/'
  const options = await (await fetch(at + 'generate-authenticate-options')).json()
  options.userVerification = 'discouraged'
  const credential = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) })
  const body = JSON.stringify({ response: credential.toJSON() })
  return (await fetch(at + 'verify-authentication', { method: 'POST', headers: { 'content-type': 'application/json' }, body })).status
})()`

test.skipIf(program === undefined)(
  'welcome link, password, second factor, passkey, out, and in with the passkey alone',
  async () => {
    const errors: string[] = []
    const page = await browser.newPage()
    page.on('console', (line) => line.type() === 'error' && errors.push(line.text()))
    page.on('pageerror', (error) => errors.push(error.message))
    const devices = await page.context().newCDPSession(page)
    await devices.send('WebAuthn.enable')
    const options = {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    } as const
    const { authenticatorId } = await devices.send('WebAuthn.addVirtualAuthenticator', { options })

    await page.goto((await service.signIn.firstAddress('nvwa')) as string)
    expect(await faultsOf(page)).toEqual([])
    await page.getByLabel('Your name').fill('Ana Beispiel')
    await page.getByLabel('E-mail address').fill('ana@office.example')
    await page.getByLabel('New password').fill(password)
    await page.getByRole('button', { name: 'Go on' }).click()

    await page.getByRole('heading', { name: 'Set up a second factor' }).waitFor()
    expect(await faultsOf(page)).toEqual([])
    await page.getByLabel('Your password again').fill(password)
    await page.getByRole('button', { name: 'Set up an app' }).click()
    const key = ((await page.locator('#key').textContent()) ?? '').replaceAll(' ', '')
    expect(await faultsOf(page)).toEqual([])
    await page.getByLabel('Code').fill(codeAt(key, Date.now()))
    await page.getByRole('button', { name: 'Go on' }).click()

    await page.getByText('You are Ana Beispiel, administrator.').waitFor()
    expect(await faultsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    await page.getByText('The passkey was added.').waitFor()
    await page.goto(`${service.url}/account`)
    await page.getByRole('button', { name: 'Remove' }).waitFor()
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await page.getByText('You are signed out.').waitFor()
    expect(await faultsOf(page)).toEqual([])
    expect((await page.goto(`${service.url}/account`))?.url()).toBe(`${service.url}/sign-in`)

    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await page.getByText('You are Ana Beispiel, administrator.').waitFor()
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    expect(errors).toEqual([])

    // A device that does not make sure of its person is something one has, and no more.
    await devices.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
    expect(await page.evaluate(signInUnverified)).toBe(400)
    expect((await page.goto(`${service.url}/account`))?.url()).toBe(`${service.url}/sign-in`)
    await page.close()
  },
  120_000,
)

test.skipIf(program === undefined)(
  'a page without script: a password and a second factor still let one in',
  async () => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(`${service.url}/sign-in`)
    expect(await page.getByRole('button', { name: 'Sign in with a passkey' }).isVisible()).toBe(false)
    await page.getByLabel('E-mail address').fill('ana@office.example')
    const field = page.getByLabel('Password')
    expect(await field.getAttribute('type')).toBe('password')
    expect(await field.getAttribute('autocomplete')).toBe('current-password')
    await page.getByLabel('Password').fill('a wrong password')
    await page.getByRole('button', { name: 'Sign in' }).click()
    expect(await page.getByRole('alert').first().textContent()).toContain('That did not let you in.')
    await page.getByLabel('Password').fill(password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('heading', { name: 'Second factor' }).waitFor()
    await context.close()
  },
  60_000,
)

let service: TestService
let browser: Browser
beforeAll(async () => {
  if (program === undefined) return
  service = await startService({ kind: 'sqlite' })
  browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox'] })
})
afterAll(async () => {
  await browser?.close()
  await service?.end()
})
