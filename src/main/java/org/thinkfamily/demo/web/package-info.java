/** The demo's users and its clock, as pages and API. */
package org.thinkfamily.demo.web;
