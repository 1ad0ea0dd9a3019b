/** The grid as an organisation, and its team. */
export { boundaryProblem, type Boundary, type Position } from './boundary.ts'
export {
  checkGrid,
  checkOrganisationField,
  checkStaff,
  publishedFields,
  soundFields,
  type OrganisationProblem,
} from './check.ts'
export {
  gridFields,
  staffFields,
  type Equipment,
  type GridDetails,
  type GridMember,
  type GridRecord,
  type OrganisationField,
  type StaffDetails,
  type StaffRecord,
} from './fields.ts'
export { outlineOf, type Outline, type Point } from './outline.ts'
export { readOrganisationField } from './read-field.ts'
export { isPublishedLongEnough, publicityWorkdays } from './publicity.ts'
