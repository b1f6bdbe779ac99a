using System;

namespace HcsPowerShell.Interop.Documents;

/// <summary>
/// The values the published schema gives a text, or each text of a list. Reading keeps any other, because Windows adds
/// values; checking tells it.
/// </summary>
/// <param name="values">An enumeration with their names.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OneOfAttribute(Type values) : Attribute
{
    public Type Values { get; } = values;

    public string[] Names => Enum.GetNames(Values);
}
