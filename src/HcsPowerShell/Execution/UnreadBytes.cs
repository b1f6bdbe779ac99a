using System;
using System.Text;

namespace HcsPowerShell.Execution;

/// <summary>
/// Bytes of an output stream that nobody has taken yet. They stay bytes until they are taken, so each call may read them
/// in another encoding, and what is looked at and not taken is not lost.
/// </summary>
internal sealed class UnreadBytes
{
    private byte[] _bytes = [];
    private int _start;
    private int _end;
    private int _searched;
    private Encoding? _searchedIn;

    public int Count => _end - _start;

    public void Add(byte[] bytes, int count)
    {
        if (_end + count > _bytes.Length)
        {
            byte[] target = Count + count > _bytes.Length ? new byte[Math.Max(Count + count, 2 * _bytes.Length)] : _bytes;
            Buffer.BlockCopy(_bytes, _start, target, 0, Count);
            (_bytes, _start, _end, _searched) = (target, 0, Count, _searched - _start);
        }

        Buffer.BlockCopy(bytes, 0, _bytes, _end, count);
        _end += count;
    }

    /// <summary>The first line, without its LF or CR LF, and the bytes it takes; null while no line is complete.</summary>
    public (string Text, int Length)? PeekLine(Encoding encoding)
    {
        byte[] end = encoding.GetBytes("\n");

        // Whole units only: in UTF-16 the bytes of a line feed also occur across two characters.
        int from = _searchedIn == encoding ? _searched : _start;
        _searchedIn = encoding;
        for (int at = from - ((from - _start) % end.Length); at + end.Length <= _end; at += end.Length)
        {
            if (IsAt(at, end))
            {
                string text = encoding.GetString(_bytes, _start, at - _start);
                return (text.EndsWith("\r", StringComparison.Ordinal) ? text.Substring(0, text.Length - 1) : text,
                    at + end.Length - _start);
            }
        }

        _searched = _end;
        return null;
    }

    /// <summary>All there is, as text.</summary>
    public string PeekText(Encoding encoding) => encoding.GetString(_bytes, _start, Count);

    /// <summary>All there is.</summary>
    public byte[] PeekBytes() => _bytes.AsSpan(_start, Count).ToArray();

    /// <summary>Takes what was looked at.</summary>
    public void Take(int count)
    {
        _start += count;
        _searched = _start;
    }

    private bool IsAt(int at, byte[] end)
    {
        for (int index = 0; index < end.Length; index++)
        {
            if (_bytes[at + index] != end[index])
            {
                return false;
            }
        }

        return true;
    }
}
