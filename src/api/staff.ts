import type { FastifyInstance } from 'fastify'
import { auditTrail } from './audit-trail.ts'
import { mediationCalendar } from './mediation-calendar.ts'
import { mediationDesk } from './mediation-desk.ts'
import { mediationLine } from './mediation-line.ts'
import { checkOrigin } from './origin.ts'
import type { ApiParts } from './parts.ts'
import { assessmentRoutes } from './staff-assessment.ts'
import { attachRoutes } from './staff-attach.ts'
import { auditRoutes } from './staff-audit.ts'
import { boardRoutes } from './staff-board.ts'
import { careDeskRoutes } from './staff-care.ts'
import { caseRoutes } from './staff-cases.ts'
import { deskRoutes } from './staff-desk.ts'
import { dispatchRoutes } from './staff-dispatches.ts'
import { staffFiles } from './staff-files.ts'
import { filterRoutes } from './staff-filters.ts'
import { gridStaffRoutes } from './staff-grid.ts'
import { learningRoutes } from './staff-learning.ts'
import { accountRoutes, loginRoutes } from './staff-login.ts'
import { promptnessRoute } from './staff-promptness.ts'
import { needStaff } from './staff-session.ts'
import { talkRoutes } from './staff-talks.ts'
import { templateRoutes } from './staff-templates.ts'

/** `/api/staff/*` as docs/protocol.md gives it. */
export const staffRoutes = (parts: ApiParts) => async (app: FastifyInstance) => {
  app.addHook('onRequest', checkOrigin(parts.config))
  app.addHook('onSend', async (_, reply) => {
    reply.header('cache-control', 'no-store')
  })
  loginRoutes(app, parts)
  await app.register(async signed => {
    signed.addHook('onRequest', needStaff(parts))
    auditTrail(signed, parts)
    accountRoutes(signed, parts)
    auditRoutes(signed, parts)
    caseRoutes(signed, parts)
    mediationDesk(signed, parts)
    mediationCalendar(signed, parts)
    mediationLine(signed, parts)
    talkRoutes(signed, parts)
    deskRoutes(signed, parts)
    dispatchRoutes(signed, parts)
    filterRoutes(signed, parts)
    promptnessRoute(signed, parts)
    staffFiles(signed, parts)
    await signed.register(attachRoutes(parts))
    gridStaffRoutes(signed, parts)
    assessmentRoutes(signed, parts)
    boardRoutes(signed, parts)
    templateRoutes(signed, parts)
    learningRoutes(signed, parts)
    await careDeskRoutes(signed, parts)
  })
}
