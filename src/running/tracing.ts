import { AsyncLocalStorage } from 'node:async_hooks'
import type { Context as TraceContext } from '@opentelemetry/api'
import type { SpanExporter } from '@opentelemetry/sdk-trace-node'
import type { MiddlewareHandler } from 'hono'
import type { Log } from './log.ts'
import { methodOf, routeOf } from './requests.ts'

/** Numbers and words of the program that a span may carry. */
export type SpanFacts = Readonly<Record<string, string | number>>

/** Traces of what a running service does, sent to an OpenTelemetry collector. */
export interface Tracing {
  /** A span for each request, below the one that the caller names (W3C traceparent). It names the route, never the path. */
  readonly requests: MiddlewareHandler
  /** A span around a piece of work, below the span that is under way. */
  readonly span: <T>(name: string, facts: SpanFacts, work: () => Promise<T>) => Promise<T>
  /** Sends what is still held. */
  readonly close: () => Promise<void>
}

export interface TracingOptions {
  /** Base address of the collector; traces go to `/v1/traces` below it. */
  readonly endpoint: string
  readonly version: string
  readonly log: Log
}

/** Starts tracing. OpenTelemetry is imported here and nowhere else, so that a service without a collector does not load it. */
export async function startTracing({ endpoint, version, log }: TracingOptions): Promise<Tracing> {
  const [api, sdk, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ])
  const exporter = new OTLPTraceExporter({ url: `${endpoint}/v1/traces` })
  const provider = new sdk.NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'greenlane', 'service.version': version }),
    spanProcessors: [new sdk.BatchSpanProcessor(toldExporter(exporter, log))],
  })
  const tracer = provider.getTracer('greenlane', version)
  const current = new AsyncLocalStorage<TraceContext>()

  const requests: MiddlewareHandler = async (context, next) => {
    const parent = callerSpan(api, context.req.header('traceparent'))
    const span = tracer.startSpan('request', { kind: api.SpanKind.SERVER }, parent)
    try {
      await current.run(api.trace.setSpan(parent, span), next)
    } finally {
      const [method, route, { status }] = [methodOf(context), routeOf(context), context.res]
      span.updateName(`${method} ${route}`)
      const names = { 'http.request.method': method, 'http.route': route, 'http.response.status_code': status }
      span.setAttributes(names)
      if (status >= 500) span.setStatus({ code: api.SpanStatusCode.ERROR })
      span.end()
    }
  }

  const span = async <T>(name: string, facts: SpanFacts, work: () => Promise<T>): Promise<T> => {
    const parent = current.getStore() ?? api.ROOT_CONTEXT
    const one = tracer.startSpan(name, { attributes: facts }, parent)
    try {
      return await current.run(api.trace.setSpan(parent, one), work)
    } catch (error) {
      one.setStatus({ code: api.SpanStatusCode.ERROR })
      throw error
    } finally {
      one.end()
    }
  }
  // What the collector did not take at the end is told by the exporter already.
  return { requests, span, close: () => provider.shutdown().catch(() => {}) }
}

/** The exporter, with a line in the log where the collector did not take what was sent: traces are lost then, and nothing else. */
function toldExporter(exporter: SpanExporter, log: Log): SpanExporter {
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        if (result.code !== 0) log.warn('The collector did not take traces', { count: spans.length }, result.error)
        done(result)
      }),
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  }
}

/** The span that a caller says its request belongs to, or none. */
function callerSpan(api: typeof import('@opentelemetry/api'), traceparent = ''): TraceContext {
  const [, traceId, spanId, flags] = /^00-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})$/.exec(traceparent) ?? []
  if (traceId === undefined || spanId === undefined || flags === undefined) return api.ROOT_CONTEXT
  const traceFlags = Number.parseInt(flags, 16) & api.TraceFlags.SAMPLED
  return api.trace.setSpanContext(api.ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true })
}
