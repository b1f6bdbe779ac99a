using System.Text.Json;
using HcsPowerShell.Interop.Documents;
using Xunit.Sdk;

namespace HcsPowerShell.Interop.Tests;

/// <summary>One document that Go wrote: its fields by Go name, and its text.</summary>
public sealed record GoDocument(string Type, string Name, string Set, string Json) : IXunitSerializable
{
    public GoDocument()
        : this(string.Empty, string.Empty, string.Empty, string.Empty)
    {
    }

    public string Type { get; private set; } = Type;

    public string Name { get; private set; } = Name;

    public string Set { get; private set; } = Set;

    public string Json { get; private set; } = Json;

    public static GoDocument Parse(string line)
    {
        using JsonDocument row = JsonDocument.Parse(line);
        JsonElement root = row.RootElement;
        return new GoDocument(
            root.GetProperty("type").GetString()!,
            root.GetProperty("name").GetString()!,
            root.GetProperty("set").GetRawText(),
            root.GetProperty("json").GetString()!);
    }

    /// <summary>Reads a text as this document's type and writes it again.</summary>
    public string RoundTrip(string json) => Type switch
    {
        nameof(ContainerConfig) => RoundTrip<ContainerConfig>(json),
        nameof(ProcessConfig) => RoundTrip<ProcessConfig>(json),
        nameof(ComputeSystemQuery) => RoundTrip<ComputeSystemQuery>(json),
        nameof(HvRuntime) => RoundTrip<HvRuntime>(json),
        nameof(MappedVirtualDisk) => RoundTrip<MappedVirtualDisk>(json),
        nameof(MappedDir) => RoundTrip<MappedDir>(json),
        nameof(MappedPipe) => RoundTrip<MappedPipe>(json),
        nameof(Layer) => RoundTrip<Layer>(json),
        nameof(ContainerProperties) => RoundTrip<ContainerProperties>(json),
        nameof(ResourceModificationRequestResponse) => RoundTrip<ResourceModificationRequestResponse>(json),
        _ => throw new XunitException("no document class for " + Type),
    };

    public override string ToString() => Type + " " + Name;

    public void Deserialize(IXunitSerializationInfo info)
    {
        Type = info.GetValue<string>(nameof(Type))!;
        Name = info.GetValue<string>(nameof(Name))!;
        Set = info.GetValue<string>(nameof(Set))!;
        Json = info.GetValue<string>(nameof(Json))!;
    }

    public void Serialize(IXunitSerializationInfo info)
    {
        info.AddValue(nameof(Type), Type);
        info.AddValue(nameof(Name), Name);
        info.AddValue(nameof(Set), Set);
        info.AddValue(nameof(Json), Json);
    }

    private static string RoundTrip<T>(string json)
        where T : HcsDocument => HcsJson.Write(HcsJson.Read<T>(json));
}
