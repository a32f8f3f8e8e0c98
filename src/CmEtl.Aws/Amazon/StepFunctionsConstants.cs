using Amazon.Runtime;

#pragma warning disable CS1591 // Documented by AWS.

namespace Amazon.StepFunctions;

public sealed class ExecutionStatus(string value) : ConstantClass(value)
{
    public static implicit operator ExecutionStatus(string value) => new(value);
}

public sealed class ExecutionRedriveStatus(string value) : ConstantClass(value);

public sealed class HistoryEventType(string value) : ConstantClass(value);

public sealed class MapRunStatus(string value) : ConstantClass(value);

public sealed class LogLevel(string value) : ConstantClass(value)
{
    public static implicit operator LogLevel?(string? value) => value is null ? null : new(value);
}

public sealed class StateMachineType(string value) : ConstantClass(value)
{
    public static readonly StateMachineType STANDARD = new("STANDARD");
}

public sealed class ValidateStateMachineDefinitionResultCode(string value) : ConstantClass(value);

public sealed class ValidateStateMachineDefinitionSeverity(string value) : ConstantClass(value)
{
    public static readonly ValidateStateMachineDefinitionSeverity WARNING = new("WARNING");
}
