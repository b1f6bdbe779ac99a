using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Native.Tests.Mocks;
using Xunit;

namespace HcsPowerShell.Native.Tests.Adapters;

/// <summary>Tests of the answer of a library to a query for the properties of the service.</summary>
public abstract class ServicePropertiesTests(MockLibrary mock) : MockTests(mock)
{
    private const string Function = "HcsGetServiceProperties";

    [Fact]
    public void What_is_declared_takes_no_call()
    {
        Assert.Equal(HostKind.Local, Service.Declared.Kind);
        Assert.Empty(Service.Declared.UnenforcedContainerMembers);
        Assert.Equal(0, Mock.Calls(Function));
    }

    [Fact]
    public async Task It_is_asked_with_a_document()
    {
        await Service.GetPropertiesAsync(Limit);
        Assert.Equal("""{"PropertyTypes":["Basic"]}""", Mock.LastDocument(Function));
    }

    [Theory]
    [InlineData(0xC037010D)]
    [InlineData(0x8037010D)]
    [InlineData(0x80370105)]
    [InlineData(0x8007000D)]
    [InlineData(0xC0070057)]
    [InlineData(0x80070057)]
    [InlineData(0x80004001)]
    [InlineData(0x80004005)]
    [InlineData(0x8000FFFF)]
    [InlineData(0x8007007F)]
    public async Task A_refusal_is_an_answer(uint code)
    {
        Mock.SetFault(Function, MockFault.Call, unchecked((int)code));
        Assert.NotEmpty((await Service.GetPropertiesAsync(Limit)).Api);
    }

    [Theory]
    [InlineData(0x80070005)]
    [InlineData(0xC0070005)]
    [InlineData(0x8037011B)]
    [InlineData(0x800706D9)]
    [InlineData(0x800706BA)]
    [InlineData(0x800706BE)]
    [InlineData(0x8037011E)]
    [InlineData(0x8007007E)]
    public async Task That_it_cannot_be_reached_is_an_error(uint code)
    {
        Mock.SetFault(Function, MockFault.Call, unchecked((int)code));
        await RefusedAsync(unchecked((int)code), Service.GetPropertiesAsync(Limit));
    }
}

public sealed class VmComputeServicePropertiesTests() : ServicePropertiesTests(MockLibrary.VmCompute);

public sealed class ComputeCoreServicePropertiesTests() : ServicePropertiesTests(MockLibrary.ComputeCore);
