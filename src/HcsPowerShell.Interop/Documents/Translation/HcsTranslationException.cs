using System;

namespace HcsPowerShell.Interop.Documents.Translation;

/// <summary>A member of a schema 1 document that schema 2 cannot express.</summary>
public sealed class HcsTranslationException : Exception
{
    /// <summary>Names the member and the reason.</summary>
    public HcsTranslationException(string member, string reason)
        : base(member + ": " + reason)
    {
        Member = member;
        Reason = reason;
    }

    /// <summary>Path of the member, such as <c>MappedDirectories[0].IOPSMaximum</c>.</summary>
    public string Member { get; }

    /// <summary>Why it has no counterpart, and what to do instead where something can be done.</summary>
    public string Reason { get; }
}
