/** The pages of the pathway. */
package org.thinkfamily.guide.web;
