using System.Collections.Generic;
using System.Text;

namespace HcsPowerShell.Execution;

/// <summary>Turns bytes, as they come, into lines. A line ends with LF or CR LF; a last one may end with the stream.</summary>
internal sealed class LineSplitter(Encoding encoding)
{
    private readonly Decoder _decoder = encoding.GetDecoder();
    private readonly StringBuilder _partial = new();
    private char[] _characters = [];

    /// <summary>The lines that these bytes complete.</summary>
    public IReadOnlyList<object> Add(byte[] bytes, int count)
    {
        int most = encoding.GetMaxCharCount(count);
        if (_characters.Length < most)
        {
            _characters = new char[most];
        }

        int length = _decoder.GetChars(bytes, 0, count, _characters, 0);
        List<object> lines = [];
        int start = 0;
        for (int at = 0; at < length; at++)
        {
            if (_characters[at] == '\n')
            {
                lines.Add(TakeLine(start, at));
                start = at + 1;
            }
        }

        _partial.Append(_characters, start, length - start);
        return lines;
    }

    /// <summary>What is left when the stream has ended without an end of line.</summary>
    public IReadOnlyList<object> End()
    {
        char[] rest = new char[encoding.GetMaxCharCount(0)];
        _partial.Append(rest, 0, _decoder.GetChars([], 0, 0, rest, 0, flush: true));
        if (_partial.Length == 0)
        {
            return [];
        }

        string line = _partial.ToString();
        _partial.Clear();
        return [line];
    }

    private string TakeLine(int start, int end)
    {
        if (_partial.Length == 0)
        {
            bool crLf = end > start && _characters[end - 1] == '\r';
            return new string(_characters, start, end - start - (crLf ? 1 : 0));
        }

        _partial.Append(_characters, start, end - start);
        if (_partial[_partial.Length - 1] == '\r')
        {
            _partial.Length--;
        }

        string line = _partial.ToString();
        _partial.Clear();
        return line;
    }
}
