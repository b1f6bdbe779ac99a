using System.Text.Json.Serialization;
using HcsPowerShell.Interop.Documents.Networks;

namespace HcsPowerShell.Interop.Documents;

[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNameCaseInsensitive = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(ContainerConfig))]
[JsonSerializable(typeof(ProcessConfig))]
[JsonSerializable(typeof(ComputeSystemQuery))]
[JsonSerializable(typeof(PropertyQuery))]
[JsonSerializable(typeof(ContainerProperties))]
[JsonSerializable(typeof(ResourceModificationRequestResponse))]
[JsonSerializable(typeof(ProcessStatus))]
[JsonSerializable(typeof(ProcessModifyRequest))]
[JsonSerializable(typeof(SystemExitStatus))]
[JsonSerializable(typeof(ResultError))]
[JsonSerializable(typeof(Layer))]
[JsonSerializable(typeof(MappedDir))]
[JsonSerializable(typeof(MappedPipe))]
[JsonSerializable(typeof(HvRuntime))]
[JsonSerializable(typeof(MappedVirtualDisk))]
[JsonSerializable(typeof(Statistics))]
[JsonSerializable(typeof(ProcessListItem))]
[JsonSerializable(typeof(MappedVirtualDiskController))]
[JsonSerializable(typeof(SchemaVersion))]
[JsonSerializable(typeof(ComputeSystem))]
[JsonSerializable(typeof(ModifySettingRequest))]
[JsonSerializable(typeof(ProcessParameters))]
[JsonSerializable(typeof(SystemQuery))]
[JsonSerializable(typeof(ServiceProperties))]
[JsonSerializable(typeof(BasicInformation))]
[JsonSerializable(typeof(Properties))]
[JsonSerializable(typeof(ProcessDetails))]
[JsonSerializable(typeof(HostComputeNetwork))]
[JsonSerializable(typeof(HostComputeEndpoint))]
[JsonSerializable(typeof(HostComputeNamespace))]
[JsonSerializable(typeof(PortMappingSetting))]
[JsonSerializable(typeof(NamespaceEndpoint))]
[JsonSerializable(typeof(HostComputeQuery))]
[JsonSerializable(typeof(ModifyNetworkSettingRequest))]
[JsonSerializable(typeof(NetworkStats))]
[JsonSerializable(typeof(HnsResponse))]
[JsonSerializable(typeof(NetworkEventData))]
internal sealed partial class HcsJsonContext : JsonSerializerContext;
