using System;
using System.Text;
using System.Text.Json;

namespace HcsPowerShell.Interop.Documents;

/// <summary>
/// A JSON array that is read from its text item by item: only as much of it is decoded as the requested items need,
/// apart from a buffer.
/// </summary>
internal sealed class JsonList(string text)
{
    private const int FewestChars = 4096;

    private readonly Encoder _encoder = Encoding.UTF8.GetEncoder();
    private byte[] _bytes = [];
    private int _start;
    private int _end;
    private int _decoded;
    private int _index = -1;
    private bool _isOpen;
    private JsonReaderState _state;

    private bool IsWhole => _decoded == text.Length;

    /// <summary>Reads the next item; null at the end of the list.</summary>
    /// <exception cref="HcsDocumentException">Not a JSON array, or the item has the wrong type.</exception>
    public HcsDocument? Next(Type document)
    {
        ReadOnlySpan<byte> item;
        try
        {
            while (!TryFind(out item))
            {
                Decode();
            }
        }
        catch (Exception e) when (HcsJson.IsUnreadable(e))
        {
            throw HcsDocumentException.From(e, null, text);
        }

        _index++;
        return item.IsEmpty ? null : Read(document, item);
    }

    private HcsDocument Read(Type document, ReadOnlySpan<byte> item)
    {
        try
        {
            return HcsJson.Read(document, item);
        }
        catch (HcsDocumentException e)
        {
            throw new HcsDocumentException($"$[{_index}]" + e.Path.Substring(1), e.Reason, e.InnerException);
        }
    }

    /// <summary>
    /// Finds the next item, an empty one at the end; false when the decoded part does not hold all of it.
    /// </summary>
    private bool TryFind(out ReadOnlySpan<byte> item)
    {
        item = default;
        ReadOnlySpan<byte> bytes = _bytes.AsSpan(_start, _end - _start);
        var reader = new Utf8JsonReader(bytes, isFinalBlock: IsWhole, _state);
        if (!_isOpen && (!reader.Read() || !IsArray(reader.TokenType)))
        {
            return false;
        }

        if (!reader.Read())
        {
            return false;
        }

        if (reader.TokenType == JsonTokenType.EndArray && reader.CurrentDepth == 0)
        {
            // Text after the list makes the document invalid, so the rest of the text is read to its end.
            return IsWhole && !reader.Read();
        }

        int begin = (int)reader.TokenStartIndex;
        if (!reader.TrySkip())
        {
            return false;
        }

        item = bytes.Slice(begin, (int)reader.BytesConsumed - begin);
        _isOpen = true;
        _start += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
        return true;
    }

    private static bool IsArray(JsonTokenType first) =>
        first == JsonTokenType.StartArray ? true : throw new HcsDocumentException("$", "a list was expected");

    /// <summary>
    /// Decodes as much text again as is still pending, so that an item of any length is scanned only a few times.
    /// </summary>
    private void Decode()
    {
        int pending = _end - _start;
        char[] chars = text.ToCharArray(_decoded, Math.Min(Math.Max(FewestChars, pending), text.Length - _decoded));
        byte[] bytes = _bytes;
        int needed = pending + Encoding.UTF8.GetMaxByteCount(chars.Length);
        if (needed > bytes.Length)
        {
            bytes = new byte[needed];
        }

        Buffer.BlockCopy(_bytes, _start, bytes, 0, pending);
        _decoded += chars.Length;
        _end = pending + _encoder.GetBytes(chars, 0, chars.Length, bytes, pending, flush: IsWhole);
        _start = 0;
        _bytes = bytes;
    }
}
