package dev.weir.app.init;

/**
 * What things are called.
 *
 * @param model the model
 * @param features the features topic
 * @param labels the labels topic
 * @param labelId the field with the id in label records
 * @param isTopics whether the topics are there and were looked at
 */
record Names(String model, String features, String labels, String labelId, boolean isTopics) {}
