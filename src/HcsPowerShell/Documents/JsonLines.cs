using System;
using System.Text;
using System.Text.Json;
using HcsPowerShell.Hosts;

namespace HcsPowerShell.Documents;

/// <summary>
/// Assembles documents from the strings of a pipeline. Each string is a whole document or, as Get-Content writes it,
/// one line of a document. Each line is parsed once.
/// </summary>
internal sealed class JsonLines
{
    private readonly StringBuilder _text = new();
    // The reader of the document limits its depth.
    private static readonly JsonReaderState s_start = new(new JsonReaderOptions { MaxDepth = int.MaxValue });

    private JsonReaderState _state = s_start;
    private byte[] _unread = [];
    private bool _completed;

    /// <summary>The text of a document that is not complete; null when there is no such document.</summary>
    /// <remarks>Blank lines are a document only when no other document came before.</remarks>
    public string? Rest
    {
        get
        {
            string text = _text.ToString();
            return text.Length == 0 || (_completed && string.IsNullOrWhiteSpace(text)) ? null : text;
        }
    }

    /// <summary>
    /// Takes one input object. Only text can be a part of a document; any other object is a whole one.
    /// </summary>
    public object? Take(object value)
    {
        return value.Unwrap() is string line ? Add(line) : value;
    }

    /// <summary>
    /// Adds one string. Returns the text of the document that the string completes or makes invalid, and null while the
    /// document continues.
    /// </summary>
    public string? Add(string line)
    {
        _text.Append(line).Append('\n');
        byte[] bytes = [.. _unread, .. Encoding.UTF8.GetBytes(line), (byte)'\n'];
        if (GoesOn(bytes))
        {
            return null;
        }

        string text = _text.ToString(0, _text.Length - 1);
        _text.Clear();
        _completed = true;
        _state = s_start;
        _unread = [];
        return text;
    }

    private bool GoesOn(byte[] bytes)
    {
        var reader = new Utf8JsonReader(bytes, isFinalBlock: false, _state);
        try
        {
            bool closed = false;
            while (reader.Read())
            {
                closed = reader.CurrentDepth == 0 && reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray);
            }

            _state = reader.CurrentState;
            _unread = bytes.AsSpan((int)reader.BytesConsumed).ToArray();
            return !closed;
        }
        catch (JsonException)
        {
            // The reader of the document reports the error and its position.
            return false;
        }
    }
}
