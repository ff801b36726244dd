import { describe, expect, it } from 'vitest'
import { makeMetrics } from './metrics.ts'

/** The value of one line of the numbers. */
async function numberAt(metrics: ReturnType<typeof makeMetrics>, line: string): Promise<number | null> {
  const found = (await metrics.text()).split('\n').find((one) => one.startsWith(`${line} `))
  return found === undefined ? null : Number(found.slice(line.length + 1))
}

describe('the numbers of a service', () => {
  it('count parcels, items and proposals by kind, from 0 on', async () => {
    const metrics = makeMetrics()
    expect(await numberAt(metrics, 'greenlane_parcels_total{outcome="merged"}')).toBe(0)
    expect(await numberAt(metrics, 'greenlane_proposals_total{proposal="stop-before-dispatch"}')).toBe(0)
    metrics.parcelsTaken('received', 40)
    metrics.parcelsTaken('received', 2)
    metrics.itemsScreened(99)
    metrics.proposed('inspect', 3)
    expect(await numberAt(metrics, 'greenlane_parcels_total{outcome="received"}')).toBe(42)
    expect(await numberAt(metrics, 'greenlane_items_screened_total')).toBe(99)
    expect(await numberAt(metrics, 'greenlane_proposals_total{proposal="inspect"}')).toBe(3)
  })

  it('tell how large and how long a flush is', async () => {
    const metrics = makeMetrics()
    metrics.flushed({ parcels: 700, seconds: 0.003 })
    expect(await numberAt(metrics, 'greenlane_flush_parcels_bucket{le="500"}')).toBe(0)
    expect(await numberAt(metrics, 'greenlane_flush_parcels_bucket{le="1000"}')).toBe(1)
    expect(await numberAt(metrics, 'greenlane_flush_seconds_sum')).toBe(0.003)
  })

  it('read the length of a queue when they are asked for', async () => {
    const metrics = makeMetrics()
    let waiting = 3
    metrics.watchQueue('screening', () => waiting)
    expect(await numberAt(metrics, 'greenlane_queue_length{queue="screening"}')).toBe(3)
    waiting = 0
    expect(await numberAt(metrics, 'greenlane_queue_length{queue="screening"}')).toBe(0)
  })

  it('name the edition of the knowledge that is loaded, and no earlier one', async () => {
    const metrics = makeMetrics()
    metrics.loaded({ version: '1.0.0', edition: 'aaaa' })
    metrics.loaded({ version: '1.0.0', edition: 'bbbb' })
    const lines = (await metrics.text()).split('\n').filter((line) => line.startsWith('greenlane_info{'))
    expect(lines).toEqual(['greenlane_info{version="1.0.0",edition="bbbb"} 1'])
  })

  it('count webhooks by what became of them, and tell of the event loop', async () => {
    const metrics = makeMetrics()
    metrics.webhookTried('dead')
    expect(await numberAt(metrics, 'greenlane_webhook_deliveries_total{outcome="dead"}')).toBe(1)
    expect(await metrics.text()).toContain('nodejs_eventloop_lag_seconds')
    expect(metrics.contentType).toContain('text/plain')
  })

  it('of two services stand apart', async () => {
    const [one, other] = [makeMetrics(), makeMetrics()]
    one.itemsScreened(5)
    expect(await numberAt(other, 'greenlane_items_screened_total')).toBe(0)
  })
})
