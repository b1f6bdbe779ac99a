using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HcsPowerShell.Interop.Documents;

/// <summary>Merges additional JSON over a document, as hcsshim's CreateContainer does.</summary>
internal static class DocumentMerge
{
    /// <summary>Merges objects member by member, recursively; for any other value the additional one wins.</summary>
    /// <exception cref="HcsDocumentException">
    /// The additional text is not a JSON object, or an object has a name twice.
    /// </exception>
    public static string Over(string document, string additional)
    {
        JsonObject target = Parse(document);
        try
        {
            Merge(target, Parse(additional));
        }
        catch (ArgumentException e)
        {
            // The objects of System.Text.Json throw this for a name that occurs twice, when a member is first accessed.
            throw new HcsDocumentException("$", "an object to be merged has a member more than once", e);
        }

        return target.ToJsonString(HcsJson.Text);
    }

    private static void Merge(JsonObject target, JsonObject additional)
    {
        foreach (KeyValuePair<string, JsonNode?> member in additional.ToList())
        {
            if (member.Value is JsonObject inner && target[member.Key] is JsonObject existing)
            {
                Merge(existing, inner);
                continue;
            }

            additional.Remove(member.Key);
            target[member.Key] = member.Value;
        }
    }

    private static JsonObject Parse(string text)
    {
        try
        {
            HcsJson.RequireWholeCharacters(text);
            return JsonNode.Parse(text, new JsonNodeOptions { PropertyNameCaseInsensitive = true }) as JsonObject
                ?? throw new HcsDocumentException("$", "an object was expected");
        }
        catch (Exception e) when (HcsJson.IsUnreadable(e))
        {
            throw HcsDocumentException.From(e, null, text);
        }
    }
}
