/** What crosses the wire between an app and its relay. */
export { closeReasons, mayRetry, type CloseName, type CloseReason } from './close-codes.ts'
export {
  formatDocumentName,
  maxDocumentNameLength,
  parseDocumentName,
  type DocumentKind,
  type DocumentName,
} from './document-name.ts'
export {
  subprotocolFor,
  decodeClientFrame,
  decodeRelayFrame,
  encodeFrame,
  maxChannel,
  pieceBytes,
  subprotocol,
  type ClientFrame,
  type RelayFrame,
} from './frames.ts'
export { generationName, generationOf, hasGenerations, lineageOf } from './generation.ts'
export type {
  HandedEdit,
  HandedLine,
  HandoverState,
  OwnHandoversAnswer,
  WaitingHandover,
  WaitingHandoversAnswer,
} from './handovers.ts'
export type {
  AuditEntriesAnswer,
  AuditKeyAnswer,
  AuditProofAnswer,
  DemoAccount,
  DocumentGrant,
  HttpRefusal,
  ParametersAnswer,
  RelayAnswer,
  SessionAnswer,
} from './http.ts'
