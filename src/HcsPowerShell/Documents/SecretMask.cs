using System;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HcsPowerShell.Documents;

/// <summary>A document as it may be shown: credentials of either schema are masked, wherever they stand.</summary>
internal static class SecretMask
{
    private const string Masked = "***";

    private static readonly string[] s_secrets = ["Credentials", "ContainerCredentialGuard", "Environment"];

    private static readonly JsonSerializerOptions s_readable =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Show(string document)
    {
        JsonNode root = JsonNode.Parse(document)!;
        Mask(root);
        return root.ToJsonString(s_readable);
    }

    private static void Mask(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (string name in members.Select(m => m.Key).ToList())
                {
                    if (s_secrets.Contains(name, StringComparer.OrdinalIgnoreCase) && members[name] is not null)
                    {
                        members[name] = Masked;
                    }
                    else
                    {
                        Mask(members[name]);
                    }
                }

                break;
            case JsonArray items:
                foreach (JsonNode? item in items)
                {
                    Mask(item);
                }

                break;
        }
    }
}
