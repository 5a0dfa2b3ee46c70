import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { mayReadTalk } from '../actions/hand-over.ts'
import { forRights } from '../actions/rights.ts'
import { complainantShown } from '../rules/people/may.ts'
import { caseByCode } from '../store/cases.ts'
import { fileById } from '../store/files.ts'
import { talkOf } from '../store/inbox-talks.ts'
import type { ApiParts } from './parts.ts'
import { plainCaseCode } from './resident-cases.ts'
import { type CaseCopy, fileRoutes, type TalkCopy } from './schemas-files.ts'
import { sendFile } from './send-file.ts'

/** Pictures and files of cases and conversations, for those who may see these; for all others there are none. */
export function staffFiles(app: FastifyInstance, parts: ApiParts): void {
  app.get('/cases/:code/files/:id/:copy', { schema: fileRoutes.caseCopy }, ofCase(parts))
  app.get('/conversations/:id/files/:file/:copy', { schema: fileRoutes.talkCopy }, ofTalk(parts))
}

const ofCase =
  (parts: ApiParts) => async (request: FastifyRequest<{ Params: CaseCopy }>, reply: FastifyReply) => {
    const { house } = parts
    const { read } = house.store
    const { code, id, copy } = request.params
    const row = await caseByCode(read, plainCaseCode(code))
    const rights = row && (await forRights(read, house.district, row))
    // A photo may show who took it: whoever the complainant is hidden from sees none.
    const shown = request.staff!.who.members.some(
      member => rights && complainantShown(member, rights) === 'masked',
    )
    const file = row && shown ? await fileById(read, id) : null
    return sendFile(parts, reply, file && file.caseId === row?.id ? file : null, copy)
  }

const ofTalk =
  (parts: ApiParts) => async (request: FastifyRequest<{ Params: TalkCopy }>, reply: FastifyReply) => {
    const { read } = parts.house.store
    const { id, file: fileId, copy } = request.params
    const talk = await talkOf(read, id)
    const may = talk !== null && (await mayReadTalk(read, request.staff!.who, talk))
    const file = may ? await fileById(read, fileId) : null
    return sendFile(parts, reply, file?.personId === id ? file : null, copy)
  }
