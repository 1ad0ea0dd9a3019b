export { householdFields, personFields } from './people.ts'
export { buildingFields, facilityFields, houseFields, unitFields } from './places.ts'
export { noteFields } from './notes.ts'
export { reporterFields } from './reporters.ts'
