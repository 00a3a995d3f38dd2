// The libraries every page uses, as one module. app.js says what is done with them.
export { createAll, initAll } from 'govuk-frontend';
export { DatePicker } from '@ministryofjustice/frontend/moj/components/date-picker/date-picker.mjs';
export { SortableTable } from '@ministryofjustice/frontend/moj/components/sortable-table/sortable-table.mjs';
export { default as htmx } from 'htmx.org/dist/htmx.esm.js';
