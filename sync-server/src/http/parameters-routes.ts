/** What a community sets for itself: read and set by its office and its street's. Everybody reads it in the directory. */
import {
  checkParameters,
  parseCommunityCode,
  type CommunityCode,
  type CommunityParameters,
  type ParametersProblem,
} from '@tongge/model'
import type { ParametersAnswer } from '@tongge/protocol'
import { Hono, type Context } from 'hono'
import * as v from 'valibot'
import type { SetParameters } from '../accounts/accounts.ts'
import { parametersAnswer } from './answers.ts'
import type { AppDeps } from './deps.ts'
import type { Operation } from './operation.ts'
import { readBody } from './read-body.ts'
import { methodNotAllowed, refuse } from './refusals.ts'
import { createWhoAsks } from './who-asks.ts'

const body = v.object(
  {
    parameters: v.pipe(
      v.unknown(),
      v.description('As in the answer; what does not hold together is refused with 422.'),
    ),
    version: v.pipe(v.number('"version" must be a number'), v.safeInteger('"version" is not whole')),
  },
  'send {"parameters", "version"}',
)

const path = '/api/communities/{code}/parameters'
const parameters = { code: 'Of a community, 12 digits.' }
const answers = { 200: { description: 'What holds', body: parametersAnswer } }

export const parametersOperations: readonly Operation[] = [
  {
    method: 'get',
    path,
    summary: "What a community set; for its office and its street's",
    parameters,
    answers,
    refusals: { 401: ['signedOut'], 403: ['forbidden'], 404: ['notFound'] },
  },
  {
    method: 'put',
    path,
    summary: 'Sets it anew, on top of the version that was read',
    parameters,
    body,
    answers,
    refusals: {
      400: ['badRequest'],
      401: ['signedOut'],
      403: ['forbidden'],
      404: ['notFound'],
      409: ['conflict'],
      413: ['tooLarge'],
      415: ['badRequest'],
      422: ['invalid'],
    },
  },
]

export function parametersRoutes(deps: AppDeps): Hono {
  const { accounts, access } = deps
  const app = new Hono()
  const whoAsks = createWhoAsks(deps)

  const enter = async (
    c: Context,
  ): Promise<{ readonly account: string; readonly community: CommunityCode } | Response> => {
    const account = await whoAsks(c, 'resume')
    if (account instanceof Response) return account
    const community = parseCommunityCode(c.req.param('code') ?? '')
    const may = community ? access.maySet(account.account, community) : 'unknown'
    if (!community || may === 'unknown') return refuse(c, 'notFound', 'no such community')
    return may
      ? { account: account.account, community }
      : refuse(c, 'forbidden', 'what a community sets is set by its office and its street')
  }

  app.get('/:code/parameters', async (c) => {
    const who = await enter(c)
    return who instanceof Response ? who : c.json(answer((await accounts.parameters(who.community)).at(-1)))
  })

  app.put('/:code/parameters', async (c) => {
    const who = await enter(c)
    if (who instanceof Response) return who
    const sent = await readBody(c, body)
    if (sent instanceof Response) return sent
    const before = (await accounts.parameters(who.community)).at(-1)?.parameters
    const [problem] = checkParameters(sent.parameters, before)
    if (problem) return refuse(c, 'invalid', sentenceFor(problem), { field: problem.field })
    const parameters = sent.parameters as CommunityParameters
    const set = await accounts.setParameters(who.community, parameters, { by: who.account, version: sent.version })
    if (!set) return refuse(c, 'conflict', 'somebody else has set something meanwhile; read it again')
    await deps.publish()
    return c.json(answer(set))
  })
  app.all('/:code/parameters', methodNotAllowed('GET, PUT'))
  return app
}

function answer(set: SetParameters | undefined): ParametersAnswer {
  return set
    ? { parameters: set.parameters, version: set.version, changedAt: set.at, changedBy: set.by }
    : { parameters: {}, version: 0 }
}

function sentenceFor({ field, problem, detail }: ParametersProblem): string {
  switch (problem) {
    case 'wrongType':
      return `"${field}" has another shape than it must have`
    case 'unknownField':
      return `"${field}" cannot be set`
    case 'unknownKind':
      return `"${field}" is no kind of ticket`
    case 'unknownTerm':
      return `"${field}" is no time that such a ticket has`
    case 'badCount':
      return `"${field}" is not a whole number from ${detail ?? '1'}`
    case 'badUnit':
      return `"${field}" is in no known unit`
    case 'badDate':
      return `"${field}" is no day`
    case 'unknownList':
      return `"${field}" is no list that can be added to`
    case 'badCode':
      return `"${field}" has a code that is not x- and letters or digits`
    case 'badLabel':
      return `"${field}" needs a label of at most ${detail ?? '40'} characters`
    case 'twice':
      return `"${field}" has a code or a label that is there already`
    case 'codeRemoved':
      return `"${field}" was set and can be retired, not taken away`
    case 'tooMany':
      return `"${field}" are more than ${detail ?? 'allowed'}`
  }
}
