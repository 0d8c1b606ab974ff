/* The language of messages in a test: the catalogues of the build folder that the test stands in. */
#ifndef TESTS_TESTLANG_H
#define TESTS_TESTLANG_H

void testlang_set(const char *lang); /* "vi"; "en" goes back to the source's English */

#endif
