/** The pages and the API of families. */
package org.thinkfamily.overview.web;
