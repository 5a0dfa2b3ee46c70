import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'

/** `/api/openapi.json`, made from the schemas of the routes registered after this. */
export async function describeApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Huiyin',
        description: 'The REST doors of the resident page and the staff inbox. See docs/protocol.md.',
        version: '1',
      },
      components: {
        securitySchemes: {
          resident: { type: 'apiKey', in: 'cookie', name: 'hy_resident' },
          staff: { type: 'apiKey', in: 'cookie', name: 'hy_staff' },
        },
      },
    },
  })
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger())
}
