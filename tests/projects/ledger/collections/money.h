#ifndef MONEY_H
#define MONEY_H
#define MONEY(...) DECIMAL(__VA_ARGS__, .precision = 19, .scale = 4, .default_value = "0", .required = true)
#endif
