using System;
using System.Text;

namespace HcsPowerShell.Streams;

/// <summary>
/// The bytes of an output stream that no command has taken yet. They stay bytes until a command takes them, so each
/// call may read them in another encoding, and bytes that are read but not taken are not lost.
/// </summary>
internal sealed class UnreadBytes
{
    private byte[] _bytes = [];
    private int _start;
    private int _end;
    private int _searched;
    private Encoding? _searchedIn;
    private bool _hasBegun;

    public int Count => _end - _start;

    /// <summary>True when the warning about a line in pieces was written.</summary>
    public bool HasPieces { get; set; }

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

    /// <summary>
    /// The first line, without its LF or CR LF, or the first piece of a line that is longer than
    /// <see cref="LongestLine"/>, and the number of its bytes; null while no line is complete.
    /// </summary>
    /// <exception cref="DecoderFallbackException">
    /// The bytes are not text in the encoding, and the encoding replaces nothing.
    /// </exception>
    public (string Text, int Length, bool IsPiece)? PeekLine(Encoding encoding)
    {
        byte[] end = encoding.GetBytes("\n");

        // The search checks whole code units only: in UTF-16, the bytes of a line feed also occur across two
        // characters.
        int from = _searchedIn == encoding ? _searched : _start;
        _searchedIn = encoding;
        for (int at = from - ((from - _start) % end.Length); at + end.Length <= _end; at += end.Length)
        {
            if (IsAt(at, end))
            {
                return PeekPiece(encoding, at - _start) ?? PeekLine(encoding, at, end.Length);
            }
        }

        _searched = _end;
        return PeekPiece(encoding, Count);
    }

    /// <summary>All bytes, as text. When no line is complete, the text is no longer than a line may be.</summary>
    public string PeekText(Encoding encoding) => WithoutMark(encoding.GetString(_bytes, _start, Count));

    /// <summary>All bytes.</summary>
    public byte[] PeekBytes() => _bytes.AsSpan(_start, Count).ToArray();

    /// <summary>Removes bytes that the caller has read.</summary>
    public void Take(int count)
    {
        _start += count;
        _searched = _start;
        _hasBegun |= count > 0;
    }

    private (string Text, int Length, bool IsPiece) PeekLine(Encoding encoding, int at, int endLength)
    {
        string text = WithoutMark(encoding.GetString(_bytes, _start, at - _start));
        return (
            text.Length > 0 && text[text.Length - 1] == '\r' ? text.Substring(0, text.Length - 1) : text,
            at + endLength - _start,
            IsPiece: false);
    }

    /// <summary>The first piece of these bytes; null when they fit into a line.</summary>
    private (string Text, int Length, bool IsPiece)? PeekPiece(Encoding encoding, int count)
    {
        if (count <= LongestLine.Length)
        {
            return null;
        }

        char[] characters = new char[LongestLine.Length + 2];
        encoding.GetDecoder().Convert(
            _bytes, _start, count, characters, 0, characters.Length, flush: false, out _, out int length, out _);

        // A CR is not part of the line when its LF follows, or may still follow.
        if (length <= LongestLine.Length || (length == LongestLine.Length + 1 && characters[length - 1] == '\r'))
        {
            return null;
        }

        encoding.GetDecoder().Convert(
            _bytes,
            _start,
            count,
            characters,
            0,
            LongestLine.PieceEndingIn(characters[LongestLine.Length - 1]),
            flush: false,
            out int taken,
            out length,
            out _);

        // A decoder takes some bytes of the next character without a result for them.
        while (taken > 0 && encoding.GetDecoder().GetCharCount(_bytes, _start, taken - 1, flush: false) == length)
        {
            taken--;
        }

        return (WithoutMark(new string(characters, 0, length)), taken, IsPiece: true);
    }

    /// <summary>A byte order mark at the start of the stream is not part of its text.</summary>
    private string WithoutMark(string text) =>
        !_hasBegun && text.Length > 0 && text[0] == LineSplitter.ByteOrderMark ? text.Substring(1) : text;

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
