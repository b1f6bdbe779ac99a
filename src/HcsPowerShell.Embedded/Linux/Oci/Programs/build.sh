#!/bin/sh
# Builds the programs into a folder, for each processor that there is a compiler for: build.sh FOLDER. Beside the images
# made-by.PROCESSOR names the compiler and the linker; who has the same two gets the same images.
# After a change of the programs type `./build.sh images`, and commit what it makes. On Debian that takes the packages gcc,
# linux-libc-dev, gcc-aarch64-linux-gnu and linux-libc-dev-arm64-cross.
set -eu
flags='-std=c11 -Os -Wall -Wextra -Werror -ffreestanding -fno-pie -fno-stack-protector -fno-ident -fno-unwind-tables
    -fno-asynchronous-unwind-tables -nostdlib -static -no-pie -s -Wl,--build-id=none -Wl,-z,noseparate-code
    -Wl,-z,noexecstack'
folder=$1
source=$(dirname "$0")

build() {
    processor=$1 machine=$2
    for compiler in "$machine-linux-gnu-gcc" gcc none; do
        case $("$compiler" -dumpmachine 2>/dev/null) in
            "$machine"-*) break ;;
        esac
    done
    if [ "$compiler" = none ]; then
        echo "There is no compiler for $processor." >&2
        return
    fi

    for program in keeper init; do
        # shellcheck disable=SC2086 # The flags are several.
        "$compiler" $flags -o "$folder/$program.$processor" "$source/$program.c"
    done
    for tool in "$compiler" "$("$compiler" -print-prog-name=ld)"; do
        "$tool" --version | head -n 1
    done >"$folder/made-by.$processor"
}

build x64 x86_64
build arm64 aarch64
