using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Processes;

/// <summary>
/// Converts pipeline objects to the bytes that a process reads. Bytes stay unchanged, in any list; each string is a
/// line; any other object is text as the engine writes it for native commands.
/// </summary>
/// <remarks>
/// Use it on the pipeline thread. The bytes are produced as the caller takes them, in pieces of bounded size.
/// </remarks>
internal sealed class ProcessInput(Encoding encoding) : IDisposable
{
    private const int PieceLength = 64 * 1024;
    private const int DeepestNesting = 64;

    private SteppablePipeline? _formatter;

    /// <summary>The bytes of one object, as far as they are known before the next object.</summary>
    /// <exception cref="HcsDocumentException">Lists are nested too deeply.</exception>
    public IEnumerable<byte[]> Add(object? value) => Pieces(value, depth: 0);

    /// <summary>The bytes that remain after the last object.</summary>
    public IEnumerable<byte[]> End()
    {
        if (_formatter is not { } formatter)
        {
            return [];
        }

        _formatter = null;
        using (formatter)
        {
            return Lines(formatter.End());
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _formatter?.Dispose();

    private IEnumerable<byte[]> Pieces(object? value, int depth)
    {
        object? plain = value.Unwrap();
        return BytesOf(plain) is { } bytes ? [.. End(), bytes]
            : TextOf(plain) is { } text && _formatter is null ? [Line(text)]
            : plain is not null && LanguagePrimitives.GetEnumerator(plain) is { } list ? Items(list, depth + 1)
            : Lines(Formatter().Process(value!));
    }

    /// <summary>The bytes of the items of a list; consecutive bytes are one piece.</summary>
    private IEnumerable<byte[]> Items(IEnumerator list, int depth)
    {
        if (depth > DeepestNesting)
        {
            throw new HcsDocumentException("InputObject", $"lists are nested more than {DeepestNesting} levels deep");
        }

        List<byte> bytes = [];
        while (list.MoveNext())
        {
            object? item = list.Current;
            if (item.Unwrap() is byte single)
            {
                bytes.Add(single);
                if (bytes.Count < PieceLength)
                {
                    continue;
                }
            }

            foreach (byte[] piece in Taken(bytes))
            {
                yield return piece;
            }

            if (item.Unwrap() is not byte)
            {
                foreach (byte[] piece in Pieces(item, depth))
                {
                    yield return piece;
                }
            }
        }

        foreach (byte[] piece in Taken(bytes))
        {
            yield return piece;
        }
    }

    private IEnumerable<byte[]> Taken(List<byte> bytes)
    {
        if (bytes.Count == 0)
        {
            return [];
        }

        byte[] piece = [.. bytes];
        bytes.Clear();
        return [.. End(), piece];
    }

    private static byte[]? BytesOf(object? value) => value switch
    {
        byte[] bytes => bytes,
        byte single => [single],
        ICollection<byte> list => Copy(list),
        ReadOnlyMemory<byte> memory => memory.ToArray(),
        Memory<byte> memory => memory.ToArray(),
        MemoryStream stream => Rest(stream),
        _ => null,
    };

    private static byte[] Copy(ICollection<byte> list)
    {
        byte[] bytes = new byte[list.Count];
        list.CopyTo(bytes, 0);
        return bytes;
    }

    private static byte[] Rest(MemoryStream stream)
    {
        using var rest = new MemoryStream();
        stream.CopyTo(rest);
        return rest.ToArray();
    }

    /// <summary>
    /// The text of a simple value, as the formatter would write it; null for a value that the formatter must write.
    /// </summary>
    private static string? TextOf(object? value) => value switch
    {
        null => string.Empty,
        string text => text,
        char or sbyte or short or ushort or int or uint or long or ulong => Convert.ToString(value, CultureInfo.CurrentCulture),
        _ => null,
    };

    private SteppablePipeline Formatter()
    {
        if (_formatter is null)
        {
            // The full name and the internal origin ensure that a function of that name, or a role that hides the
            // command, changes nothing.
            _formatter = ScriptBlock.Create(@"Microsoft.PowerShell.Utility\Out-String -Stream")
                .GetSteppablePipeline(CommandOrigin.Internal);
            _formatter.Begin(expectInput: true);
        }

        return _formatter;
    }

    private IEnumerable<byte[]> Lines(Array written) =>
        written.Length == 0
            ? []
            : [encoding.GetBytes(string.Concat(written.Cast<object?>().Select(line => line + Environment.NewLine)))];

    private byte[] Line(string text) => encoding.GetBytes(text + Environment.NewLine);
}
