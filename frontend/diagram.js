// Process diagrams, to look at and move about in. Loaded only by pages that show one.
export { default as NavigatedViewer } from 'bpmn-js/lib/NavigatedViewer';
