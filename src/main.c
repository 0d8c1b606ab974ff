#include <stdio.h>

int main(void) {
    puts("chotdon " CHOTDON_VERSION);
    return 0;
}
