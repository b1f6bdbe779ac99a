using System;
using System.Collections.Generic;
using System.Text;

namespace HcsPowerShell.Streams;

/// <summary>
/// Splits bytes into lines as they come. A line ends with LF or CR LF. The last line may end with the stream. A line
/// that is longer than <see cref="LongestLine"/> comes in pieces. A byte order mark at the start is not part of a line.
/// </summary>
internal sealed class LineSplitter(Encoding encoding)
{
    /// <summary>The character that a byte order mark becomes.</summary>
    internal const char ByteOrderMark = '\uFEFF';

    // A decoder keeps the bytes of an incomplete character, and of a character before it that may belong to it.
    private const int MostKeptBytes = 16;

    private readonly Decoder _decoder = encoding.GetDecoder();
    private readonly StringBuilder _partial = new();
    private char[] _characters = [];
    private string _lastPiece = string.Empty;
    private bool _hasBegun;

    /// <summary>True when a line has come in pieces.</summary>
    public bool HasPieces { get; private set; }

    /// <summary>The lines that these bytes complete.</summary>
    /// <exception cref="DecoderFallbackException">
    /// The bytes are not text in the encoding, and the encoding replaces nothing.
    /// </exception>
    public IReadOnlyList<object> Add(byte[] bytes, int count)
    {
        int most = encoding.GetMaxCharCount(count);
        if (_characters.Length < most)
        {
            _characters = new char[most];
        }

        int length = _decoder.GetChars(bytes, 0, count, _characters, 0);
        List<object> lines = [];
        int start = !_hasBegun && length > 0 && _characters[0] == ByteOrderMark ? 1 : 0;
        _hasBegun |= length > 0;
        for (int at = start; at < length; at++)
        {
            if (_characters[at] == '\n')
            {
                AddLine(lines, start, at);
                start = at + 1;
            }
        }

        _partial.Append(_characters, start, length - start);

        TakePieces(lines);
        return lines;
    }

    /// <summary>The rest of a stream that has ended without a line end.</summary>
    public IReadOnlyList<object> End()
    {
        char[] rest = new char[encoding.GetMaxCharCount(MostKeptBytes)];
        _partial.Append(rest, 0, _decoder.GetChars([], 0, 0, rest, 0, flush: true));
        List<object> lines = [];
        if (_partial.Length > 0)
        {
            TakeLine(lines);
        }

        return lines;
    }

    private void AddLine(List<object> lines, int start, int end)
    {
        if (_partial.Length == 0 && end - start <= LongestLine.Length)
        {
            bool crLf = end > start && _characters[end - 1] == '\r';
            lines.Add(new string(_characters, start, end - start - (crLf ? 1 : 0)));
            return;
        }

        _partial.Append(_characters, start, end - start);
        if (_partial.Length > 0 && _partial[_partial.Length - 1] == '\r')
        {
            _partial.Length--;
        }

        TakeLine(lines);
    }

    private void TakeLine(List<object> lines)
    {
        TakePieces(lines);
        lines.Add(_partial.ToString());
        _partial.Clear();
        _lastPiece = string.Empty;
    }

    private void TakePieces(List<object> lines)
    {
        // A CR is not part of the line when its LF follows.
        while (_partial.Length > LongestLine.Length
            && (_partial.Length > LongestLine.Length + 1 || _partial[LongestLine.Length] != '\r'))
        {
            int length = LongestLine.PieceEndingIn(_partial[LongestLine.Length - 1]);
            string piece = _partial.ToString(0, length);
            _partial.Remove(0, length);

            // An endless line often repeats the same text. A caller that collects the pieces then keeps only one
            // string.
            _lastPiece = piece == _lastPiece ? _lastPiece : piece;
            lines.Add(_lastPiece);
            HasPieces = true;
        }
    }
}
