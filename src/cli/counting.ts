/** Counts what a long run has done, on the terminal while it runs; nothing is drawn when standard error is no terminal. */
export function counting(what: string): {
  readonly add: (count: number) => void
  readonly clear: () => void
  /** How many there were and how quickly. */
  readonly told: () => string
} {
  const terminal = process.stderr.isTTY === true
  const start = performance.now()
  let done = 0
  let drawn = 0
  const told = (): string => {
    const seconds = Math.max((performance.now() - start) / 1000, 0.001)
    return `${done} ${what} in ${seconds.toFixed(1)} s, ${Math.round(done / seconds)}/s`
  }
  return {
    add: (count) => {
      done += count
      const now = performance.now()
      if (!terminal || now - start < 500 || now - drawn < 200) return
      drawn = now
      process.stderr.write(`\r\u001b[K${told()}`)
    },
    clear: () => {
      if (drawn > 0) process.stderr.write('\r\u001b[K')
    },
    told,
  }
}
