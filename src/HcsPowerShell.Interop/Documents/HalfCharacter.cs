namespace HcsPowerShell.Interop.Documents;

/// <summary>An unpaired surrogate: it would be sent as another character.</summary>
internal static class HalfCharacter
{
    /// <summary>Returns the index of the first unpaired surrogate; null when there is none.</summary>
    public static int? In(string? text)
    {
        for (int at = 0; at < text?.Length; at++)
        {
            if (char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
            {
                at++;
            }
            else if (char.IsSurrogate(text[at]))
            {
                return at;
            }
        }

        return null;
    }
}
