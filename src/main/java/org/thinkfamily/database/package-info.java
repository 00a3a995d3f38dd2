/** The PostgreSQL inside the application, its roles, and the rights the application has to what migrations create. */
package org.thinkfamily.database;
