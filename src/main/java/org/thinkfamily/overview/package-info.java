/** The whole family on one page; finding families; my cases. */
package org.thinkfamily.overview;
