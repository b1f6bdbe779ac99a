using System;

namespace HcsPowerShell.Interop.Documents;

/// <summary>The schema a document or a member of one came with, where that is not the oldest.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property)]
internal sealed class SinceSchemaAttribute(int major, int minor) : Attribute
{
    public Version Version { get; } = new(major, minor);
}
