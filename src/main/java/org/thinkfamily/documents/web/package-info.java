/** The page on which documents are made. */
package org.thinkfamily.documents.web;
