using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Linux.Native;

/// <summary>Strings for argv and envp: pointers into one block, ending in a null pointer.</summary>
internal sealed class CStringArray : IDisposable
{
    private readonly nint _block;

    public CStringArray(IReadOnlyList<string> strings)
    {
        byte[][] encoded = new byte[strings.Count][];
        int size = 1;
        for (int i = 0; i < encoded.Length; i++)
        {
            encoded[i] = CString.From(strings[i]);
            size += encoded[i].Length;
        }

        _block = Marshal.AllocHGlobal(size);
        Pointers = new nint[encoded.Length + 1];
        nint next = _block;
        for (int i = 0; i < encoded.Length; i++)
        {
            Marshal.Copy(encoded[i], 0, next, encoded[i].Length);
            Pointers[i] = next;
            next += encoded[i].Length;
        }
    }

    public nint[] Pointers { get; }

    public void Dispose() => Marshal.FreeHGlobal(_block);
}
