/** What leaves the record on paper: documents as PDF for a stated purpose, drawn from what their reader may see. */
package org.thinkfamily.documents;
