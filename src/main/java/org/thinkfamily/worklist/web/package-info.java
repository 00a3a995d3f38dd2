/** The pages and the API of tasks. */
package org.thinkfamily.worklist.web;
