/** The chronology's pages and its part of the API. */
package org.thinkfamily.chronology.web;
