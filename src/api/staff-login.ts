import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { toDataURL } from 'qrcode'
import type { Result } from '../actions/house.ts'
import { signIn } from '../actions/sign-in.ts'
import {
  acceptInvite,
  changePassword,
  confirmFirstOtp,
  signOut,
  startOtp,
} from '../actions/staff-accounts.ts'
import { demoAllowed } from '../config.ts'
import { originOf } from './audit-trail.ts'
import { refuse } from './errors.ts'
import { checkTries, countWrong } from './limits.ts'
import type { ApiParts } from './parts.ts'
import { given } from './refusals.ts'
import { type Confirm, type Invite, type Login, type NewPassword, routes } from './schemas-staff.ts'
import { meOf, STAFF_COOKIE, setStaffCookie, signedIn } from './staff-session.ts'

/** Doors that are open before anybody has signed in. */
export function loginRoutes(app: FastifyInstance, parts: ApiParts): void {
  app.post('/login', { schema: routes.login }, logIn(parts))
  app.post('/invite', { schema: routes.invite }, invited(parts))
}

/** What a signed-in person does with their own account; open while the second factor is still to be set up. */
export function accountRoutes(app: FastifyInstance, parts: ApiParts): void {
  const config = { beforeOtp: true }
  app.get('/me', { schema: routes.me, config }, async request => meOf(parts, request, request.staff!))
  app.post('/logout', { schema: routes.logout, config }, logOut(parts))
  app.post('/otp/setup', { schema: routes.otpSetup, config }, setUpOtp(parts))
  app.post('/otp/confirm', { schema: routes.otpConfirm, config }, confirmOtp(parts))
  app.post('/password', { schema: routes.password }, newPassword(parts))
}

const logIn = (parts: ApiParts) => async (request: FastifyRequest<{ Body: Login }>, reply: FastifyReply) => {
  await checkTries(parts, 'login', [request.ip])
  const { login, password, otp } = request.body
  const result = await signIn(parts.house, {
    ...{ login, password, demoAllowed: demoAllowed(parts.config) },
    origin: originOf(parts.house.store.keys, request.ip),
    ...(otp ? { otp } : {}),
  })
  if (!result.ok && result.why.startsWith('wrong')) await countWrong(parts, 'login', [request.ip])
  return enter(parts, request, reply, result)
}

const invited =
  (parts: ApiParts) => async (request: FastifyRequest<{ Body: Invite }>, reply: FastifyReply) => {
    await checkTries(parts, 'login', [request.ip])
    const result = await acceptInvite(parts.house, request.body)
    if (!result.ok && result.why === 'gone') await countWrong(parts, 'login', [request.ip])
    return enter(parts, request, reply, result)
  }

async function enter(
  parts: ApiParts,
  request: FastifyRequest,
  reply: FastifyReply,
  result: Result<{ token: string }>,
) {
  const { token } = await given(parts, result)
  setStaffCookie(parts, request, reply, token)
  const staff = (await signedIn(parts, { cookies: { [STAFF_COOKIE]: token } })) ?? refuse('notSignedIn')
  return meOf(parts, request, staff)
}

const own = (request: FastifyRequest) => ({
  staffId: request.staff!.who.staffId,
  loginId: request.staff!.login.id,
})

const logOut = (parts: ApiParts) => async (request: FastifyRequest, reply: FastifyReply) => {
  await signOut(parts.house, own(request))
  return reply.clearCookie(STAFF_COOKIE, { path: '/' }).code(204).send()
}

const setUpOtp = (parts: ApiParts) => async (request: FastifyRequest) => {
  const { secret, uri } = await given(parts, await startOtp(parts.house, own(request).staffId))
  return { secret, uri, qr: await toDataURL(uri, { margin: 1, width: 240 }) }
}

const confirmOtp =
  (parts: ApiParts) => async (request: FastifyRequest<{ Body: Confirm }>, reply: FastifyReply) => {
    await given(parts, await confirmFirstOtp(parts.house, own(request), request.body.otp))
    return reply.code(204).send()
  }

const newPassword =
  (parts: ApiParts) => async (request: FastifyRequest<{ Body: NewPassword }>, reply: FastifyReply) => {
    await given(parts, await changePassword(parts.house, own(request), request.body))
    return reply.code(204).send()
  }
