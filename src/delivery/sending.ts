import { newSender, type SenderParts } from './sender.ts'

/** Webhooks that are being served. */
export interface Sending {
  /** Looks at once: for whoever knows that something happened. */
  readonly look: () => void
  /** Begins no attempt more, and resolves when those under way have ended and are written down. */
  readonly close: () => Promise<void>
}

/** Milliseconds between looks when nothing is told, and after the store failed. */
const pauses = { idle: 500, failed: 5000 } as const

/** Serves webhooks until it is closed. A store that does not answer is asked again; nothing is lost by it. */
export function startSending(parts: SenderParts): Sending {
  const sender = newSender(parts)
  let open = true
  let awake = (): void => {}
  let news = false
  const look = (): void => {
    news = true
    awake()
  }
  sender.onEnd(look)

  /** Waits for news, or for a time. */
  const rest = (milliseconds: number): Promise<void> =>
    new Promise((done) => {
      const timer = setTimeout(done, milliseconds)
      awake = () => {
        clearTimeout(timer)
        done()
      }
      if (news || !open) awake()
    })

  const serve = async (): Promise<void> => {
    while (open) {
      news = false
      try {
        const found = await sender.turn()
        if (found === 0) await rest(pauses.idle)
      } catch (error) {
        parts.failed?.(error)
        news = false
        await rest(pauses.failed)
      }
    }
  }
  const served = serve()
  return {
    look,
    close: async () => {
      open = false
      awake()
      await served
      await sender.settled()
    },
  }
}
